import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./ui/app.css";

createRoot(document.getElementById("root")!).render(<StrictMode><p>Holdall</p></StrictMode>);
