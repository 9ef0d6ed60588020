import { describe, expect, it } from "vitest";
import { isReadOnly, personBehind, type KeyActor, type OrgActor } from "./actor";
import { PERMISSION_NAMES } from "./roles";
import {
  knownScopes,
  NOT_FOR_KEYS,
  onlyRead,
  SCOPE_TABLE,
  scopeFor,
  SCOPES,
  scopesAllow,
  type Scope,
} from "./scopes";

describe("scopes", () => {
  it("hold each permission in exactly one scope, or give the reason why no key reaches it", () => {
    for (const permission of PERMISSION_NAMES) {
      const scopes = SCOPES.filter((scope) => SCOPE_TABLE[scope].permissions.includes(permission));
      expect([permission, scopes.length]).toEqual([permission, permission in NOT_FOR_KEYS ? 0 : 1]);
    }
  });

  it("reach neither money, nor keys, nor ownership, nor roles, nor a person's own things", () => {
    for (const permission of [
      "billing.read",
      "billing.manage",
      "key.read",
      "key.manage",
      "organization.transfer",
      "organization.delete",
      "member.invite",
      "member.update",
      "member.remove",
      "member.leave",
      "notification.read",
      "view.read",
    ] as const) {
      expect(scopeFor(permission)).toBeNull();
      expect(scopesAllow(SCOPES, permission)).toBe(false);
    }
  });

  it("named for reading hold permissions of reading alone, so that such a key can be held to it by the database", () => {
    for (const scope of SCOPES) {
      const { access, permissions } = SCOPE_TABLE[scope];
      expect(scope.endsWith(`:${access}`)).toBe(true);
      if (access === "read") for (const permission of permissions) expect(permission).toMatch(/\.read/);
    }
    expect(onlyRead(["crm:read", "jobs:read"])).toBe(true);
    expect(onlyRead(["crm:read", "jobs:write"])).toBe(false);
  });

  it("allow what they name and nothing beside it; writing is not reading", () => {
    expect(scopesAllow(["crm:read"], "crm.read")).toBe(true);
    expect(scopesAllow(["crm:read"], "crm.write")).toBe(false);
    expect(scopesAllow(["crm:write"], "crm.read")).toBe(false);
    expect(scopesAllow([], "crm.read")).toBe(false);
  });

  it("that were taken out of the table allow nothing", () => {
    expect(knownScopes(["crm:read", "gone:write"])).toEqual(["crm:read"]);
  });
});

describe("somebody who acts through a key", () => {
  const actor = (scopes: Scope[], role: OrgActor["role"] = "owner"): OrgActor => ({
    kind: "org",
    orgId: "o",
    userId: "u",
    role,
    key: { id: "k", scopes },
    trace: { correlationId: "c", address: null },
  });

  it("writes nothing by scopes of reading, and nothing as a read-only member by any", () => {
    expect(isReadOnly(actor(["crm:read"]))).toBe(true);
    expect(isReadOnly(actor(["crm:read", "crm:write"]))).toBe(false);
    expect(isReadOnly(actor(["crm:write"], "readonly"))).toBe(true);
  });

  it("has the person behind it, and no session of theirs", () => {
    const key: KeyActor = {
      kind: "key",
      userId: "u",
      sessionId: null,
      key: { id: "k", scopes: [] },
      orgId: "o",
      orgSlug: "acme",
      trace: { correlationId: "c", address: null },
    };
    expect(personBehind(key)).toEqual({ kind: "user", userId: "u", sessionId: "k", trace: key.trace });
  });
});
