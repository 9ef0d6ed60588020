import { expect, it } from "vitest";
import { Recent } from "./recent";

it("holds so many and no more: the oldest goes first", () => {
  const recent = new Recent<number>(2);
  recent.set("a", 1);
  recent.set("b", 2);
  recent.set("c", 3);
  expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual([undefined, 2, 3]);
});

it("is empty once cleared", () => {
  const recent = new Recent<number>(2);
  recent.set("a", 1);
  recent.clear();
  expect(recent.get("a")).toBeUndefined();
});
