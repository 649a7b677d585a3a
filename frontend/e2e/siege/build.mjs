// Builds the page of the siege out of the product's own functions into the folder
// that is named.
import { fileURLToPath } from "node:url";
import { build } from "vite";

await build({
  configFile: false,
  logLevel: "warn",
  build: {
    outDir: process.argv[2],
    emptyOutDir: true,
    lib: { entry: fileURLToPath(new URL("siege.ts", import.meta.url)), formats: ["es"], fileName: () => "siege.js" },
  },
});
