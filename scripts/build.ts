// The production build: .next/standalone is all that a server needs besides Node.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { generateClient } from "./database/generate";

const root = process.cwd();
const standalone = path.join(root, ".next", "standalone");
generateClient(root);
const next = path.join(root, "node_modules", "next", "dist", "bin", "next");
const built = spawnSync(process.execPath, [next, "build"], {
  stdio: "inherit",
  env: { ...process.env, NODE_ENV: "production" },
});
if (built.status !== 0) process.exit(built.status ?? 1);
if (!fs.existsSync(path.join(standalone, "server.js"))) {
  console.error(
    'next build left no .next/standalone/server.js: next.config.mjs must say output: "standalone".',
  );
  process.exit(1);
}
fs.cpSync(path.join(root, ".next", "static"), path.join(standalone, ".next", "static"), { recursive: true });
if (fs.existsSync("public")) fs.cpSync("public", path.join(standalone, "public"), { recursive: true });
// Next copies .env files along, and with them secrets into an image.
for (const name of fs.readdirSync(standalone)) {
  if (name.startsWith(".env")) fs.rmSync(path.join(standalone, name));
}
