import { describe, expect, it } from "vitest";
import { isUnread, purgeBefore } from "./rules";
import { shownOf, Unread } from "./schema";

const row = {
  id: "0199aaaa-0000-7000-8000-000000000001",
  kind: "role.changed",
  targetId: "0199aaaa-0000-7000-8000-000000000002",
  detail: { before: "member", after: "admin" },
  createdAt: new Date("2026-11-21T08:00:00Z"),
  readAt: null,
};

describe("shownOf", () => {
  it("puts the name of today to the id that was kept", () => {
    expect(shownOf(row, () => "Ada")).toMatchObject({
      kind: "role.changed",
      person: { name: "Ada" },
      isRead: false,
    });
  });

  it("shows what is left when the person has gone", () => {
    expect(shownOf(row, () => undefined)).toMatchObject({ person: null });
  });

  it("passes over what another version wrote", () => {
    expect(shownOf({ ...row, kind: "moon.full" }, () => "Ada")).toBeNull();
    expect(shownOf({ ...row, detail: { before: "emperor" } }, () => "Ada")).toBeNull();
  });
});

it("keeps 90 days", () => {
  expect(purgeBefore(new Date("2026-11-21T08:00:00Z")).toISOString()).toBe("2026-08-23T08:00:00.000Z");
});

describe("isUnread", () => {
  const newestId = "0199aaaa-0000-7000-8000-000000000001";
  const told: unknown[] = [
    { count: 0, newestId: null },
    { count: 100, newestId },
    { count: 101, newestId },
    { count: -1, newestId },
    { count: 1.5, newestId },
    { count: "1", newestId },
    { count: 1, newestId: 7 },
    { count: 1 },
    null,
    "3",
  ];
  it.each(told)("says of %j what the schema says", (data) => {
    expect(isUnread(data)).toBe(Unread.safeParse(data).success);
  });
  it("takes a count, and refuses what is none", () => {
    expect(told.map(isUnread)).toEqual([true, true, ...told.slice(2).map(() => false)]);
  });
});
