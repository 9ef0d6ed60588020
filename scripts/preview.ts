// The production build on the local services: what the end-to-end tests visit.
import fs from "node:fs";
import { runUntilEnded } from "./foreground";

if (!fs.existsSync(".next/standalone/server.js")) {
  console.error("There is no production build yet: run `npm run build` first.");
  process.exit(1);
}
await runUntilEnded("production");
