import { describe, expect, it } from "vitest";
import { purgeBefore, shownOf } from "./rules";

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
