import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { generateClient } from "../database/generate";
import { verdict, type Check } from "./check";

interface Cruise {
  modules: { source: string }[];
  summary: {
    violations: { from: string; to: string; rule: { name: string; severity: string }; comment?: string }[];
  };
}

/** The walls of the house (`.dependency-cruiser.cjs`), and that the cruiser really looked at every file. */
export const boundaries: Check = {
  name: "boundaries",
  title: "Import boundaries",
  async run() {
    generateClient(process.cwd());
    const cruiser = path.join("node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
    const cruise = spawnSync(
      process.execPath,
      [cruiser, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"],
      {
        encoding: "utf8",
        maxBuffer: 200_000_000,
      },
    );
    let found: Cruise;
    try {
      found = JSON.parse(cruise.stdout) as Cruise;
    } catch {
      return verdict([`The cruiser gave no answer: ${cruise.stderr || cruise.stdout}`], "");
    }
    const seen = new Set(found.modules.map(({ source }) => source));
    const files = sourceFiles("src");
    return verdict(
      [
        ...found.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`),
        ...files.filter((file) => !seen.has(file)).map((file) => `the cruiser did not see ${file}`),
      ],
      `${files.length} files keep to the walls`,
    );
  },
};

function sourceFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const where = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return where === "src/server/db/generated" ? [] : sourceFiles(where);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [where] : [];
  });
}
