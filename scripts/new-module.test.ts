import { expect, it } from "vitest";
import { moduleNames } from "./new-module";

it("takes one word in the plural, and the singular where it is said", () => {
  expect(moduleNames(["projects"])).toEqual({ many: "projects", one: "project" });
  expect(moduleNames(["activities", "--one=activity"])).toEqual({ many: "activities", one: "activity" });
});

it("refuses names that could be no folder, no table or no word, and says what to write", () => {
  for (const name of ["", "Projects", "price-lists", "2things", "../crm"])
    expect(() => moduleNames([name])).toThrow(/one word in the plural/);
  expect(() => moduleNames(["staff"])).toThrow(/--one=/);
  expect(() => moduleNames(["orders"])).toThrow(/something else/);
});
