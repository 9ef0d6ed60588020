import { describe, expect, it } from "vitest";
import { addressOf, fitting, isSame } from "./rules";
import { ViewState } from "./schema";

const state = ViewState.parse({
  search: "berlin",
  sort: "-name",
  filters: { owner: "mine", country: "DE" },
  columns: ["name", "domain"],
});

describe("a view", () => {
  it("stands in the address whole, with its own id", () => {
    expect(addressOf({ id: "v1", state })).toBe(
      "?search=berlin&sort=-name&owner=mine&country=DE&cols=name%2Cdomain&view=v1",
    );
    expect(addressOf({ id: "v2", state: ViewState.parse({}) })).toBe("?view=v2");
  });

  it("is the same whatever order its filters came in", () => {
    expect(isSame(state, { ...state, filters: { country: "DE", owner: "mine" } })).toBe(true);
    expect(isSame(state, { ...state, filters: { owner: "mine" } })).toBe(false);
    expect(isSame(state, { ...state, columns: null })).toBe(false);
  });

  it("opens without the columns, filters and order that the list lost meanwhile", () => {
    const known = { columns: ["domain", "created"], filters: ["owner"] };
    expect(fitting(state, known)).toEqual({
      state: { search: "berlin", sort: null, filters: { owner: "mine" }, columns: ["domain"] },
      gone: ["name", "name", "country"],
    });
    expect(fitting(state, { columns: ["name", "domain"], filters: ["owner", "country"] }).gone).toEqual([]);
  });
});
