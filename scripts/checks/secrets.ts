import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { lintSource } from "@secretlint/core";
import { creator } from "@secretlint/secretlint-rule-preset-recommend";
import { keysIn } from "../../src/modules/api-keys/rules";
import { verdict, type Check } from "./check";

const LARGEST_BYTES = 2_000_000;

/** What looks like a secret, opens nothing, and cannot be taken out of the history: sha256 of the text found. */
const HARMLESS = new Set<string>([
  // The made-up database addresses that the tests of settings and of redaction feed in.
  "ce0a15cc5c414a2e82055c4429af4e000d2cb3d29d81c33056ad2d8950536bcd",
  "1c079f0e6f824f2ada3980e96138caefe35fa20619caeb06943e276f6fc1b380",
  "ec0ed7b94664c903e7b0654db670c3b02d0ebd9eb3254295de9897cb54c29c12",
  "78b60088fe36b4a196c6d832f15d27ebac5a4bbf2a00ade5b85b323ed0a87e80",
  "ea975b40140f963346802eb1412bf79177d2150c9c482af3e68f14aa6c3d9c80",
  "d761e2a69ccbe9e0b45bb67ee141f7abe97783ed21490296abafa94a2e61514f",
  // The address of a webhook with a name and a password in it, which is refused.
  "80476f038afe10d28b7903836885b0252861c6342d81ad7610a3de5f793dcfe8",
]);

/** Looks for secrets in every file that git knows or would add, and in everything that was ever committed. */
export const secrets: Check = {
  name: "secrets",
  title: "Secrets in tree and history",
  async run() {
    const tree = git("ls-files", "-z", "--cached", "--others", "--exclude-standard")
      .split("\0")
      .filter(isText);
    const wrong: string[] = [];
    for (const file of tree) wrong.push(...(await secretsIn(fs.readFileSync(file, "utf8"), file, file)));
    const added = addedByHistory();
    for (const { commit, file, text } of added) {
      wrong.push(...(await secretsIn(text, file, `${file} in commit ${commit.slice(0, 10)}`)));
    }
    return verdict([...new Set(wrong)], `none in ${tree.length} files and ${added.length} committed changes`);
  },
};

const config = {
  rules: [{ id: "@secretlint/secretlint-rule-preset-recommend", rule: creator }],
};

async function secretsIn(content: string, filePath: string, where: string): Promise<string[]> {
  const source = { content, filePath, contentType: "text" as const };
  const { messages } = await lintSource({
    source,
    options: { config, maskSecrets: true, noPhysicFilePath: true },
  });
  const ours = keysIn(content).map(
    (at) => `${where}:${content.slice(0, at).split("\n").length}: found an API key of ours`,
  );
  const theirs = messages
    .filter(
      ({ range }) =>
        !HARMLESS.has(
          createHash("sha256")
            .update(content.slice(...range))
            .digest("hex"),
        ),
    )
    .map(({ message, loc }) => `${where}:${loc.start.line}: ${message}`);
  return [...ours, ...theirs];
}

interface Added {
  commit: string;
  file: string;
  text: string;
}

/** Each commit's added lines, file by file. */
function addedByHistory(): Added[] {
  const log = git(
    "log",
    "--all",
    "-p",
    "-U0",
    "--no-color",
    "--no-ext-diff",
    "--no-renames",
    "--format=%x00%H",
  );
  return log
    .split("\0")
    .slice(1)
    .flatMap((entry) => {
      const commit = entry.slice(0, 40);
      return entry
        .split(/^diff --git /m)
        .slice(1)
        .flatMap((diff) => {
          const file = /^\+\+\+ b\/(.*)$/m.exec(diff)?.[1];
          if (!file || file === "package-lock.json") return [];
          const lines = diff.split("\n").filter((line) => line.startsWith("+") && !line.startsWith("+++"));
          return [{ commit, file, text: lines.map((line) => line.slice(1)).join("\n") }];
        });
    });
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", maxBuffer: 1_000_000_000 });
}

function isText(file: string): boolean {
  const found = file && fs.lstatSync(file, { throwIfNoEntry: false });
  if (!found || !found.isFile() || found.size > LARGEST_BYTES || file === "package-lock.json") return false;
  return !fs.readFileSync(file).subarray(0, 8000).includes(0);
}
