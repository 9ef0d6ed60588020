// What the threat model calls its proof is there.
import fs from "node:fs";
import { expect, it } from "vitest";

const files = ["src", "e2e", "scripts"].flatMap((folder) =>
  fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
);

it("names in the threat model only tests that there are", () => {
  const text = fs.readFileSync("docs/THREAT_MODEL.md", "utf8");
  const named = [...new Set(text.match(/[\w./-]+\.(?:test|spec)\.ts/g))];
  expect(named.length).toBeGreaterThan(15);
  const missing = named.filter((name) => {
    const parts = name.split("/");
    // "e2e/security.spec.ts" leaves folders out between its parts.
    return !files.some(
      (file) => file.endsWith(`/${parts.at(-1)}`) && parts.every((part) => file.includes(part)),
    );
  });
  expect(missing).toEqual([]);
});

it("gives every attack a guard and a proof", () => {
  const rows = fs
    .readFileSync("docs/THREAT_MODEL.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !/^\| (?:attack|-)/.test(line));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows)
    expect(
      row.split(" | ").map((cell) => cell.trim().length > 4),
      row,
    ).toEqual([true, true, true]);
});
