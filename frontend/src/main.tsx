import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { watchAway } from "./lib/attend";
import { applyPrefs, usePrefs } from "./lib/prefs";
import { listen } from "./lib/query";
import { App } from "./shell/App";
import "./ui/app.css";

// Before the first paint, so that nothing is laid out twice.
applyPrefs(usePrefs.getState());
listen();
watchAway();
// A file let go beside the composer would take the place of the window.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
