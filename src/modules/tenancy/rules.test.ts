import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isReading, PERMISSION_NAMES, ROLES } from "~/kernel/roles";
import { staffMay } from "~/kernel/staff";
import {
  invitationExpiry,
  invitationState,
  isStoppedBySuspension,
  mayKeepOwn,
  mayThere,
  mayTouch,
  slugOf,
  slugVariation,
  sniffImage,
  wouldLeaveNoOwner,
  type Visitor,
} from "./rules";
import { OrgSlug } from "./schema";

describe("a slug made of a name", () => {
  it.each([
    ["Acme", "acme"],
    ["  Müller & Söhne GmbH ", "mueller-soehne-gmbh"],
    ["Crème brûlée", "creme-brulee"],
    ["O'Brien’s", "obriens"],
    ["東京", "my-organization"],
    ["AB", "ab-org"],
    ["Admin", "admin-org"],
  ])("turns %j into %j", (name, slug) => expect(slugOf(name)).toBe(slug));

  it("is valid for every name, and so is each variation of it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 2, max: 999 }),
        (name, n) => {
          const slug = slugOf(name);
          expect(OrgSlug.safeParse(slug).data).toBe(slug);
          const variation = slugVariation(slug, n);
          expect(OrgSlug.safeParse(variation).data).toBe(variation);
          expect(variation).toMatch(new RegExp(`-${n}$`));
        },
      ),
    );
  });
});

describe("a suspended organization", () => {
  it("is still read, taken along, left, handed over and paid for, and nothing else", () => {
    const open = PERMISSION_NAMES.filter((permission) => !isStoppedBySuspension("suspended", permission));
    expect(open.length).toBeGreaterThan(5);
    const others = open.filter((permission) => !/\.read(All|Data)?$/.test(permission));
    expect(others.sort()).toEqual([
      "billing.manage",
      "member.leave",
      "organization.export",
      "organization.transfer",
    ]);
    expect(isStoppedBySuspension("suspended", "crm.write")).toBe(true);
  });

  it.each(["active", "deletion_requested"])(
    "is the only state that stops anything (%s does not)",
    (status) => {
      expect(PERMISSION_NAMES.some((permission) => isStoppedBySuspension(status, permission))).toBe(false);
    },
  );
});

describe("what a page offers", () => {
  const owner: Visitor = { role: "owner", status: "active", staff: null };
  const offered = (visitor: Visitor) =>
    PERMISSION_NAMES.filter((permission) => mayThere(visitor, permission));

  it("is what the role allows, less what a suspension stops", () => {
    expect(offered(owner)).toEqual(PERMISSION_NAMES);
    expect(mayThere({ ...owner, role: "readonly" }, "crm.write")).toBe(false);
    expect(mayThere({ ...owner, status: "suspended" }, "crm.write")).toBe(false);
    expect(mayThere({ ...owner, status: "suspended" }, "organization.transfer")).toBe(true);
  });

  it("is to staff who opened it read-only nothing but to look, at what staff may see", () => {
    const reading = offered({ ...owner, staff: { isReadOnly: true } });
    expect(reading.every((permission) => isReading(permission) && staffMay(permission))).toBe(true);
    expect(reading).toEqual(expect.arrayContaining(["crm.read", "job.readAll", "audit.read"]));
    expect(mayThere({ ...owner, staff: { isReadOnly: true } }, "billing.read")).toBe(false);
  });

  it("is to staff who may change things what they may as the member, and never more than the member", () => {
    const staff = { isReadOnly: false };
    expect(offered({ ...owner, staff })).toEqual(PERMISSION_NAMES.filter(staffMay));
    expect(mayThere({ role: "member", status: "active", staff }, "organization.update")).toBe(false);
    // A view or a read mark is the member's own: not by staff's hand, whatever they opened.
    expect([mayKeepOwn({ staff }), mayKeepOwn({ staff: null })]).toEqual([false, true]);
  });
});

describe("ownership", () => {
  it("is touched by owners alone; admins touch everybody else; the others nobody", () => {
    const table = Object.fromEntries(
      ROLES.map((own) => [own, ROLES.filter((target) => mayTouch(own, target))]),
    );
    expect(table).toEqual({
      owner: ["owner", "admin", "member", "readonly"],
      admin: ["admin", "member", "readonly"],
      member: [],
      readonly: [],
    });
  });

  it.each([
    ["the only owner is demoted", "owner", "admin", 1, true],
    ["the only owner goes", "owner", null, 1, true],
    ["one of two owners goes", "owner", null, 2, false],
    ["the only owner stays owner", "owner", "owner", 1, false],
    ["somebody else goes", "member", null, 1, false],
  ] as const)("knows when %s", (_, role, next, ownerCount, expected) => {
    expect(wouldLeaveNoOwner({ role, next, ownerCount })).toBe(expected);
  });
});

describe("an invitation", () => {
  const sentAt = new Date("2026-03-01T12:00:00Z");
  const expiresAt = invitationExpiry(sentAt);
  const open = { expiresAt, acceptedAt: null, revokedAt: null };

  it("is good for 7 days, the last instant excluded", () => {
    expect(expiresAt).toEqual(new Date("2026-03-08T12:00:00Z"));
    expect(invitationState(open, new Date(expiresAt.getTime() - 1))).toBe("open");
    expect(invitationState(open, expiresAt)).toBe("expired");
  });

  it("says that it was accepted or withdrawn rather than that it expired since", () => {
    const later = new Date("2027-01-01");
    expect(invitationState({ ...open, acceptedAt: sentAt }, later)).toBe("accepted");
    expect(invitationState({ ...open, revokedAt: sentAt }, later)).toBe("revoked");
  });
});

describe("an image", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
  it.each([
    ["png", bytes([0x89], "PNG\r\n", [0x1a], "\n", "rest")],
    ["jpeg", bytes([0xff, 0xd8, 0xff, 0xe0])],
    ["webp", bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 ")],
  ] as const)("is known as %s by its first bytes", (kind, image) => expect(sniffImage(image)).toBe(kind));

  it.each([
    ["an SVG", bytes(`<svg xmlns="http://www.w3.org/2000/svg"/>`)],
    ["a GIF", bytes("GIF89a")],
    ["HTML", bytes("<!doctype html>")],
    ["a RIFF that is sound", bytes("RIFF", [1, 2, 3, 4], "WAVEfmt ")],
    ["nothing", bytes()],
  ])("is not seen in %s", (_, image) => expect(sniffImage(image)).toBeNull());
});
