import fs from "node:fs";
import path from "node:path";
import { extendTailwindMerge } from "tailwind-merge";
import { describe, expect, it } from "vitest";

import { mergeClasses } from "./class-merge";

// Told the names of our own scales.
const whole = extendTailwindMerge({
  extend: {
    theme: { spacing: ["control", "row"], shadow: ["float"], container: ["page"], animate: [() => true] },
  },
});

/** Every word within quotes in a component: the classes, and more that are none. */
function wordsOf(folder: string): string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((file) => {
    if (!/\.tsx?$/.test(file) || /\.test\.|class-merge/.test(file)) return [];
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    return [...text.matchAll(/"([^"\n]*)"|`([^`]*)`/g)].flatMap(([, quoted, template]) =>
      (quoted ?? template ?? "").split(/\s+/),
    );
  });
}
/** Without variants: they are parsed by the same code in both, and stand for themselves below. */
const bare = (word: string): string => word.replace(/^(?:[\w@/-]+(?:\[[^\]]*\])?:|\[[^\]]*\]:)+/, "");

const words = [
  ...new Set(
    ["src/ui", "src/app", ...fs.readdirSync("src/modules").map((name) => `src/modules/${name}/ui`)]
      .filter((folder) => fs.existsSync(folder))
      .flatMap(wordsOf)
      .map(bare)
      // Looks like a class: lower-case words with hyphens, a value perhaps in brackets.
      .filter(
        (word) =>
          /^!?-?[a-z][a-z0-9]*(?:-[\w./%()[\]:,#-]+)*!?$/.test(word) && whole(`${word} ${word}`) === word,
      ),
  ),
];

describe("merging classes", () => {
  it("knows the classes of the code at all", () => {
    expect(words).toEqual(
      expect.arrayContaining(["h-control", "bg-surface", "border-line", "text-ink-soft", "shadow-float"]),
    );
    expect(words.length).toBeGreaterThan(300);
  });

  it("decides every pair of classes in the code as tailwind-merge does", () => {
    const differing: string[] = [];
    for (const first of words) {
      for (const second of words) {
        const pair = `${first} ${second}`;
        if (mergeClasses(pair) !== whole(pair))
          differing.push(`${pair} → ${mergeClasses(pair)} | ${whole(pair)}`);
      }
    }
    expect(differing.slice(0, 60)).toEqual([]);
  });

  it.each([
    "hover:bg-ink/6 hover:bg-sunken bg-canvas",
    "pointer-coarse:h-control h-7 pointer-coarse:h-10",
    "sm:w-96 w-full sm:w-90",
    "data-[state=open]:animate-pop-in data-[state=open]:animate-fade-in",
    "after:bg-accent hover:after:bg-line after:hover:bg-ink",
    "bg-transparent! bg-raised",
    "[&_svg]:size-4 [&_svg]:size-3.5",
    "text-sm leading-none text-base",
    "text-sm/6 leading-none",
  ])("keeps variants apart: %s", (classes) => {
    expect(mergeClasses(classes)).toBe(whole(classes));
  });
});
