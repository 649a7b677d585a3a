import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { applyPrefs, usePrefs } from "./lib/prefs";
import { listen } from "./lib/query";
import { App } from "./shell/App";
import "./ui/app.css";

// Before the first paint, so that nothing is laid out twice.
applyPrefs(usePrefs.getState());
listen();
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
