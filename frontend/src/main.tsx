import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { listen } from "./lib/query";
import { App } from "./shell/App";
import "./ui/app.css";

listen();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
