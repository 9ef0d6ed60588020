import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { schemaFiles } from "./engine";

const OUTPUT = "src/server/db/generated";
const STAMP = path.join(OUTPUT, ".made-from");

/** Makes Prisma's client from prisma/schema, unless it is there and the schema is the same. */
export function generateClient(root: string): void {
  const prisma = path.join(root, "node_modules", "prisma");
  const version = JSON.parse(fs.readFileSync(path.join(prisma, "package.json"), "utf8")).version as string;
  const made = createHash("sha256").update(version).update(JSON.stringify(schemaFiles())).digest("hex");
  if (fs.existsSync(STAMP) && fs.readFileSync(STAMP, "utf8") === made) return;
  const run = spawnSync(process.execPath, [path.join(prisma, "build", "index.js"), "generate"], {
    cwd: root,
    encoding: "utf8",
    // Naming any program keeps Prisma from downloading its native engine, which generating does not use.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
  });
  if (run.status !== 0)
    throw new Error(`prisma/schema could not be turned into a client:\n${run.stderr || run.stdout}`);
  fs.writeFileSync(STAMP, made);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) generateClient(process.cwd());
