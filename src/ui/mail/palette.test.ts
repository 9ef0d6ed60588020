import { readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, it } from "vitest";

import { parseColour, toHex } from "../colour";
import { readTokens } from "../tokens";
import { mailPalette } from "./palette";

const tokens = readTokens(readFileSync(path.resolve("src/ui/tokens.css"), "utf8"));

describe("the palette of mails", () => {
  it.each(["light", "dark"] as const)("is the one of the screen (%s)", (scheme) => {
    for (const [name, hex] of Object.entries(mailPalette[scheme])) {
      expect([name, hex]).toEqual([name, toHex(parseColour(tokens[scheme].get(name) ?? ""))]);
    }
  });
});
