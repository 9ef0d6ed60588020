import { describe, expect, it } from "vitest";
import {
  Currency,
  InviteInput,
  ListMembersInput,
  OrgSlug,
  settingsChoices,
  StartLogoInput,
  TimeZone,
} from "./schema";

describe("what comes in", () => {
  it.each(["admin", "api", "www", "invitations", "login"])("refuses the reserved address %s", (slug) => {
    expect(OrgSlug.safeParse(slug).error?.issues[0]?.message).toMatch(/reserved/);
  });

  it.each(["a", "two--hyphens", "-start", "ümlaut", "with space", "x".repeat(41)])(
    "refuses the address %j",
    (slug) => {
      expect(OrgSlug.safeParse(slug).success).toBe(false);
    },
  );

  it("takes an address whatever its case", () => expect(OrgSlug.parse(" Acme-2 ")).toBe("acme-2"));

  it("takes currencies and zones of the list it offers, and no others", () => {
    const { currencies, timeZones } = settingsChoices();
    expect(currencies.map(({ value }) => value)).toContain("KWD");
    expect(timeZones.map(({ value }) => value)).toContain("UTC");
    expect(currencies.every(({ value }) => Currency.safeParse(value).success)).toBe(true);
    expect(timeZones.every(({ value }) => TimeZone.safeParse(value).success)).toBe(true);
    expect(Currency.safeParse("DOG").error?.issues[0]?.message).toMatch(/list/);
    expect(TimeZone.safeParse("Mars/Olympus").error?.issues[0]?.message).toMatch(/list/);
  });

  it("folds invited addresses, and never takes an owner", () => {
    expect(InviteInput.parse({ emails: [" Ada@Example.COM "], role: "member" }).emails).toEqual([
      "ada@example.com",
    ]);
    expect(InviteInput.safeParse({ emails: ["a@example.com"], role: "owner" }).success).toBe(false);
    expect(InviteInput.safeParse({ emails: [], role: "member" }).success).toBe(false);
    expect(InviteInput.safeParse({ emails: Array(21).fill("a@example.com"), role: "member" }).success).toBe(
      false,
    );
  });

  it("refuses a cursor that is none of ours", () => {
    expect(ListMembersInput.safeParse({ cursor: "1 or 1=1" }).success).toBe(false);
  });

  it.each([
    ["an SVG", { contentType: "image/svg+xml", sizeBytes: 10 }, /PNG, JPEG or WebP/],
    ["2 MB and a byte", { contentType: "image/png", sizeBytes: 2_000_001 }, /larger than 2 MB/],
    ["an empty file", { contentType: "image/png", sizeBytes: 0 }, /empty/],
  ])("refuses %s as a logo, in words", (_, input, words) => {
    expect(StartLogoInput.safeParse(input).error?.issues[0]?.message).toMatch(words);
  });
});
