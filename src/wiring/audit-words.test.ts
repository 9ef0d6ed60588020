// The log is read by people: what is written into it by any slice has words, and what it is about has a name.
import fs from "node:fs";
import { expect, it } from "vitest";
import { KNOWN_ACTIONS } from "~/modules/audit/rules";

const sources = ["src/modules", "src/wiring", "src/server", "scripts"].flatMap((folder) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => fs.readFileSync(`${folder}/${file}`, "utf8")),
);

/** `action: "noun.verbed"`, also where one of two is chosen. */
const written = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/\baction: (?:[\w.]+ \? "([a-z_]+\.[a-z_]+)" : )?"([a-z_]+\.[a-z_]+)"/g)].flatMap(
      ([, one, other]) => [one, other].filter((name) => name !== undefined),
    ),
  ),
);

it("has words for every act that is written down", () => {
  expect(written.size).toBeGreaterThan(60);
  expect([...written].filter((action) => !KNOWN_ACTIONS.includes(action)).sort()).toEqual([]);
});
