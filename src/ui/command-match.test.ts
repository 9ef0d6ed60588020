import { expect, it } from "vitest";

import { answersTo } from "./command-match";

it.each([
  ["", true],
  ["inv", true],
  ["member", true],
  ["mem inv", true],
  ["  INVITE  ", true],
  ["colleague", true],
  ["vite", false],
  ["invite company", false],
])("“%s” finds “Invite member”: %s", (text, isFound) => {
  expect(answersTo(text, "Invite member", ["add colleague"])).toBe(isFound);
});

it("takes letters for what they are without their accents", () => {
  expect(answersTo("zurich", "Zürich")).toBe(true);
  expect(answersTo("مؤسسة", "مؤسسة الخليج")).toBe(true);
});
