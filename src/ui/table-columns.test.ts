import { describe, expect, it } from "vitest";
import { chooseColumn, nextSort, readSort, shownColumns } from "./table-columns";

const columns = [
  { key: "name", sort: "ascending" as const },
  { key: "domain" },
  { key: "phone", hidden: true },
  { key: "created", sort: "descending" as const },
  { key: "actions", labelHidden: true },
];

describe("columns on screen", () => {
  it("are the usual ones until somebody chooses", () => {
    expect(shownColumns(columns, null)).toEqual(["name", "domain", "created", "actions"]);
  });

  it("keep their order, whatever order they were chosen in", () => {
    expect(shownColumns(columns, ["phone", "domain"])).toEqual(["name", "domain", "phone", "actions"]);
  });

  it("pass over names that no column has any more", () => {
    expect(shownColumns(columns, ["fax", "phone"])).toEqual(["name", "phone", "actions"]);
  });

  it("always show what a row is, and its buttons", () => {
    expect(shownColumns(columns, [])).toEqual(["name", "actions"]);
    expect(chooseColumn(columns, null, { key: "name", shown: false })).toBeNull();
  });

  it("leave the address alone once the usual ones are back", () => {
    const chosen = chooseColumn(columns, null, { key: "phone", shown: true });
    expect(chosen).toEqual(["name", "domain", "phone", "created", "actions"]);
    expect(chooseColumn(columns, chosen, { key: "phone", shown: false })).toBeNull();
  });
});

describe("a press on a heading", () => {
  it("sorts the column's own way first, then the other way", () => {
    expect(nextSort(columns[0]!, "-created")).toBe("name");
    expect(nextSort(columns[0]!, "name")).toBe("-name");
    expect(nextSort(columns[3]!, "name")).toBe("-created");
    expect(nextSort(columns[3]!, "-created")).toBe("created");
  });

  it("reads what it wrote", () => {
    expect(readSort("-created")).toEqual({ key: "created", direction: "descending" });
    expect(readSort("name")).toEqual({ key: "name", direction: "ascending" });
  });
});
