import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { isReadOnly, type OrgActor } from "./actor";
import { clock } from "./clock";
import { DomainError, ERROR_FACES, forbidden, notFound, unauthenticated, type ErrorKind } from "./errors";
import { cutPage, PageInput, pageOf } from "./paging";
import { definePrivacy, emptied, PLAIN } from "./privacy";
import { allows, outranks, PERMISSION_NAMES, ROLE_WORDS, ROLES, type Permission } from "./roles";
import { Email, line, optionalText, Slug } from "./text";
import { z } from "zod";

const words = (result: { success: boolean; error?: z.ZodError }) =>
  result.error?.issues.map(({ message }) => message);

describe("errors", () => {
  it("speak public words and keep their cause to themselves", () => {
    const cause = new Error("password=hunter2");
    const error = new DomainError(
      "conflict",
      "crm.taken",
      "This domain is taken.",
      { domain: "a.test" },
      { cause, fields: { domain: ["Taken."] } },
    );
    expect(error).toMatchObject({ code: "crm.taken", publicMessage: "This domain is taken.", cause });
    expect(error.fields).toEqual({ domain: ["Taken."] });
    expect(JSON.stringify({ ...error, options: undefined, message: error.message })).not.toContain("hunter2");
  });

  it("say the same of what never was and of what belongs to another tenant", () => {
    expect(notFound("company").publicMessage).toBe(notFound("company").publicMessage);
    expect(notFound("company")).toMatchObject({ kind: "not_found", details: {} });
    expect(forbidden("crm.write")).toMatchObject({ kind: "forbidden", details: { permission: "crm.write" } });
    expect(unauthenticated()).toMatchObject({ kind: "unauthenticated" });
  });

  it("have one HTTP status each, and are retried only when a later call can succeed", () => {
    const statuses = Object.values(ERROR_FACES).map(({ status }) => status);
    expect(new Set(statuses).size).toBe(statuses.length);
    const retried = (Object.keys(ERROR_FACES) as ErrorKind[]).filter((kind) => ERROR_FACES[kind].retry);
    expect(retried.sort()).toEqual(["internal", "too_many_requests", "unavailable"]);
    expect(ERROR_FACES.limit.status).toBe(402);
  });
});

describe("roles", () => {
  it("give the owner everything, and nobody what a lower role may not do", () => {
    for (const permission of PERMISSION_NAMES) {
      expect(allows("owner", permission)).toBe(true);
      const ladder = (["owner", "admin", "member", "readonly"] as const).map((role) =>
        allows(role, permission),
      );
      expect(ladder).toEqual([...ladder].sort((a, b) => Number(b) - Number(a)));
    }
  });

  it("let a read-only member read what a member reads, leave, and nothing else", () => {
    const own = PERMISSION_NAMES.filter((permission) => allows("readonly", permission));
    expect(own.every((permission) => permission.endsWith(".read") || permission === "member.leave")).toBe(
      true,
    );
    expect(own).toContain("crm.read");
  });

  it("keep deletion and ownership with the owner, and members' roles with admins", () => {
    const who = (permission: Permission) => ROLES.filter((role) => allows(role, permission));
    expect(who("organization.delete")).toEqual(["owner"]);
    expect(who("organization.transfer")).toEqual(["owner"]);
    expect(who("member.update")).toEqual(["owner", "admin"]);
    expect(who("audit.read")).toEqual(["owner", "admin"]);
  });

  it("rank strictly, so that nobody gives more than they have", () => {
    expect(outranks("owner", "admin")).toBe(true);
    expect(outranks("admin", "admin")).toBe(false);
    expect(outranks("readonly", "member")).toBe(false);
    expect(Object.keys(ROLE_WORDS).sort()).toEqual([...ROLES].sort());
  });

  it("make an actor read-only by the role alone; a job may write", () => {
    const as = (role: OrgActor["role"]) =>
      isReadOnly({
        kind: "org",
        orgId: "o",
        userId: null,
        role,
        trace: { correlationId: "c", address: null },
      });
    expect([as("readonly"), as("member"), as("job")]).toEqual([true, false, false]);
  });
});

describe("text", () => {
  it("trims, and refuses what is empty, too long or holds control characters, in words that say what to do", () => {
    expect(line(5).parse("  ab ")).toBe("ab");
    expect(words(line(5).safeParse("   "))).toEqual(["Fill this in."]);
    expect(words(line(5).safeParse("abcdef"))).toEqual(["At most 5 characters."]);
    for (const bad of ["a\u0000b", "a\u0007b", "a\u007fb", "a\nb", "a\r\nb", "a\tb", "a\u2028b"]) {
      expect(words(line(9).safeParse(bad))).toEqual(["Remove the control characters."]);
    }
  });

  it("takes empty and several lines where text is optional, but no NUL, which Postgres cannot store", () => {
    expect(optionalText(9).parse(" ")).toBe("");
    expect(optionalText(9).parse("a\nb\tc")).toBe("a\nb\tc");
    expect(optionalText(9).safeParse("a\u0000").success).toBe(false);
  });

  it("folds mail addresses to one form and refuses what is none", () => {
    expect(Email.parse("  Pat@Example.TEST ")).toBe("pat@example.test");
    for (const bad of [
      "pat",
      "pat@",
      "@example.test",
      "a b@example.test",
      "pat@example.test\nbcc: x@y.z",
      "",
    ]) {
      expect(words(Email.safeParse(bad))).toEqual(["Write a mail address like name@example.com."]);
    }
    expect(Email.safeParse(`${"a".repeat(250)}@example.test`).success).toBe(false);
  });

  it("accepts as slug exactly what can stand in a URL", () => {
    expect(Slug.parse(" Acme-2 ")).toBe("acme-2");
    for (const bad of [
      "ab",
      "a".repeat(41),
      "-acme",
      "acme-",
      "ac--me",
      "ac me",
      "äcme",
      "ac/me",
      "ac.me",
      "ac%2f",
    ]) {
      expect(Slug.safeParse(bad).success).toBe(false);
    }
    fc.assert(
      fc.property(fc.string(), (text) => {
        const slug = Slug.safeParse(text);
        return !slug.success || encodeURIComponent(slug.data) === slug.data;
      }),
    );
  });
});

describe("pages", () => {
  it("cut one row more than asked into a page and the cursor of its last row", () => {
    expect(cutPage([1, 2, 3], 2, String)).toEqual({ items: [1, 2], nextCursor: "2" });
    expect(cutPage([1, 2], 2, String)).toEqual({ items: [1, 2], nextCursor: null });
    expect(cutPage([], 2, String)).toEqual({ items: [], nextCursor: null });
  });

  it("are bounded: 25 rows when nothing is said, 100 at most", () => {
    expect(PageInput.parse({})).toEqual({ limit: 25 });
    for (const limit of [0, 101, 1.5]) expect(PageInput.safeParse({ limit }).success).toBe(false);
    expect(PageInput.safeParse({ cursor: "x".repeat(501) }).success).toBe(false);
    expect(pageOf(z.number()).parse({ items: [1], nextCursor: null })).toEqual({
      items: [1],
      nextCursor: null,
    });
  });
});

describe("the clock", () => {
  afterEach(() => clock.setOffset(0));

  it("tells the machine's time, moved by the offset", () => {
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(100);
    clock.setOffset(31 * 86_400_000);
    expect(Math.abs(clock.now().getTime() - Date.now() - 31 * 86_400_000)).toBeLessThan(100);
  });
});

it("keeps a slice's word on privacy as it was said", () => {
  expect(definePrivacy("x", { plain: PLAIN })).toEqual({ slice: "x", tables: { plain: PLAIN } });
  expect(emptied("t.id = :id", "name", "mail")).toEqual({
    where: "t.id = :id",
    then: { set: { name: "NULL", mail: "NULL" } },
  });
});

it("knows a refusal that another bundle of the process made, and takes nothing else for one", () => {
  const foreign = new (class DomainError extends Error {
    override readonly name = "DomainError";
  })("x.refused");
  expect(foreign instanceof DomainError).toBe(true);
  expect(new Error("x") instanceof DomainError).toBe(false);
  expect({ name: "DomainError" } instanceof DomainError).toBe(false);
});
