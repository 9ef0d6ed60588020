import { describe, expect, it } from "vitest";
import { deleted, keptSince, PLAIN, type PrivacyOfTable } from "~/kernel/privacy";
import {
  dueAfter,
  endOfKeeping,
  inOrder,
  judge,
  literally,
  namePattern,
  rulesFor,
  seenIn,
  shownSteps,
  sortStandings,
  type Declared,
} from "./rules";

const table = (name: string, of: Partial<PrivacyOfTable> = {}): Declared => ({
  table: name,
  ...PLAIN,
  ...of,
});

describe("the order of erasure", () => {
  it("takes children before parents, and whoever looks into another table before it", () => {
    const looking = table("session", {
      org: { erase: [deleted("t.key_id IN (SELECT k.id FROM api_key k)")], export: { not: "x" } },
    });
    const declared = [table("api_key"), looking, table("job"), table("job_step")];
    const links = [
      { child: "job_step", parent: "job" },
      { child: "job", parent: "job" },
    ];
    const order = inOrder("organization", declared, links).map((one) => one.table);
    expect(order.indexOf("session")).toBeLessThan(order.indexOf("api_key"));
    expect(order.indexOf("job_step")).toBeLessThan(order.indexOf("job"));
    expect(order).toHaveLength(4);
  });

  it("refuses a circle rather than leaving rows", () => {
    const links = [
      { child: "a", parent: "b" },
      { child: "b", parent: "a" },
    ];
    expect(() => inOrder("organization", [table("a"), table("b")], links)).toThrow(
      "no order to erase in: a,b",
    );
  });

  it("leaves out what has nothing to do, and empties what is kept", () => {
    const kept = table("invoice", {
      org: { erase: { kept: "accounts", until: "ten_years", then: { set: { url: "NULL" } } }, export: "x" },
    });
    expect(rulesFor("organization", kept)).toEqual([
      { where: "t.org_id = :id", then: { set: { url: "NULL" } } },
    ]);
    expect(inOrder("person", [table("a"), kept], [])).toEqual([]);
  });
});

describe("what a hit means", () => {
  const hit = (what: "id" | "address" | "name", column = "c") => ({ table: "t", column, what, count: 2 });
  const verdict = (...given: Parameters<typeof judge>) => judge(...given).verdict;

  it("is kept where the slice says that an id stays, and nowhere else", () => {
    const of = table("t", { person: { erase: [], export: { not: "x" }, ids: { c: "who acted" } } });
    expect(judge("person", hit("id"), of, false)).toMatchObject({
      verdict: "kept",
      why: "who acted",
      count: 2,
    });
    expect(verdict("person", hit("id", "other"), of, false)).toBe("left");
    expect(verdict("person", hit("address"), of, false)).toBe("left");
    expect(verdict("person", hit("id"), undefined, true)).toBe("left");
  });

  it("is others' where organizations write about others, and a namesake's where there is one", () => {
    const of = table("t", { others: "theirs" });
    expect(verdict("person", hit("address"), of, false)).toBe("others");
    expect(verdict("person", hit("id"), of, false)).toBe("left");
    expect(verdict("person", hit("name"), table("t"), true)).toBe("others");
    expect(verdict("person", hit("name"), table("t"), false)).toBe("left");
    expect(verdict("person", hit("address"), table("t"), true)).toBe("left");
  });

  it("is nobody's where a name stands in a copy of records that no address leads to any more", () => {
    const of = table("t", {
      person: { erase: [deleted("position(:email IN lower(t.body)) > 0")], export: { not: "x" } },
    });
    expect(verdict("person", hit("name"), of, false)).toBe("others");
    expect(verdict("person", hit("address"), of, false)).toBe("left");
  });

  it("explains an organization's id in what is kept of it", () => {
    const of = table("t", { org: { erase: { kept: "accounts", until: "ten_years" }, export: "x" } });
    expect(verdict("organization", hit("id"), of, false)).toBe("kept");
    expect(verdict("organization", hit("id"), table("t"), false)).toBe("left");
  });
});

describe("looking for words", () => {
  const sought = { ids: ["0190-ab"], addresses: ["ada@x.test"], names: ["Ada (A.) Lovelace"] };

  it("finds ids and addresses in any case, and names as whole words", () => {
    expect(seenIn("by ADA@x.test", sought)).toEqual(["address"]);
    expect(seenIn("org/0190-AB/y", sought)).toEqual(["id"]);
    expect(seenIn("dear ada (a.)  lovelace,", sought)).toEqual(["name"]);
    expect(seenIn("Ada (A.) Lovelaces", sought)).toEqual([]);
    expect(seenIn("Ada xA.x Lovelace", sought)).toEqual([]);
  });

  it("takes what a pattern would read otherwise as it stands", () => {
    expect(literally("a_b%c\\")).toBe("%a\\_b\\%c\\\\%");
    expect(namePattern([])).toBeNull();
    expect(namePattern(["A.B"])).toContain("A\\.B");
  });
});

it("begins seven days after the request", () => {
  expect(dueAfter(new Date("2026-02-26T10:00:00Z")).toISOString()).toBe("2026-03-05T10:00:00.000Z");
});

it("keeps what is dated in a year until the last millisecond (UTC) of the tenth year after it", () => {
  expect(keptSince(new Date("2024-12-31T23:59:59.999Z")).toISOString()).toBe("2014-01-01T00:00:00.000Z");
  expect(keptSince(new Date("2025-01-01T00:00:00.000Z")).toISOString()).toBe("2015-01-01T00:00:00.000Z");
});

it("ends the keeping of what says which year counts, of nothing else, and of nothing that does not say", () => {
  const kept = (erase: object) =>
    endOfKeeping(table("x", { org: { erase: { kept: "accounts", ...erase } as never, export: "x" } }));
  expect(kept({ until: "ten_years", dated: "t.at" })).toEqual({
    where: "(t.org_id = :id) AND t.at < :since",
    then: "delete",
  });
  expect(() => kept({ until: "ten_years" })).toThrow("which year counts");
  expect(kept({ until: "ten_years_whole" })).toBeNull();
  expect(kept({ until: "for_ever" })).toBeNull();
  expect(endOfKeeping(table("x"))).toBeNull();
});

it("wants an only owner to hand over where others work, and takes along what is theirs alone", () => {
  const standing = (slug: string, isOwner: boolean, owners: number, members: number) => ({
    isSuspended: false,
    orgId: slug,
    slug,
    name: slug,
    isOwner,
    owners,
    members,
  });
  const sorted = sortStandings([
    standing("shared", true, 1, 3),
    standing("co-owned", true, 2, 3),
    standing("member", false, 1, 2),
    standing("alone", true, 1, 1),
  ]);
  expect(sorted.handOverFirst.map(({ slug }) => slug)).toEqual(["shared"]);
  expect(sorted.goesWithThem.map(({ slug }) => slug)).toEqual(["alone"]);
});

it("shows the steps of tables as one, done when all are", () => {
  expect(
    shownSteps([
      { name: "billing", count: 1, isDone: true },
      { name: "rows:a", count: 2, isDone: true },
      { name: "rows:b", count: 3, isDone: false },
    ]),
  ).toEqual([
    { label: "Payments ended", count: 1, isDone: true },
    { label: "Rows removed or emptied, table by table", count: 5, isDone: false },
  ]);
});
