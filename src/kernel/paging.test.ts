import { expect, it } from "vitest";
import { z } from "zod";
import { listInput, PageInput } from "./paging";

const Input = PageInput.extend({
  search: z.string().max(5).default(""),
  sort: z.enum(["name", "-name"]).default("name"),
});

it("reads a list's input from its address, where the cursor is called after", () => {
  const address = { search: "ab", sort: "-name", after: "x1", cols: "name", view: "v", peek: undefined };
  expect(listInput(Input, address)).toEqual({ search: "ab", sort: "-name", cursor: "x1", limit: 25 });
});

it("takes the first of what is said twice", () => {
  expect(listInput(Input, { search: ["a", "b"] }).search).toBe("a");
});

it("shows the list as if nothing was asked when the address was tampered with", () => {
  expect(listInput(Input, { search: "far too long", sort: "-name" })).toEqual(listInput(Input, {}));
  expect(listInput(Input, { sort: "drop table", after: "x" })).toEqual(listInput(Input, {}));
});
