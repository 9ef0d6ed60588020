// The erasure of an organization that lives: paid for at Stripe, with files, a sealed log, an address; and what comes after.
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { clock } from "~/kernel/clock";
import type { Permission } from "~/kernel/roles";
import { verifyAudit, sealAudit } from "~/modules/audit";
import { signInByLink } from "~/modules/auth/flows/sign-in";
import { handleStripeEvent } from "~/modules/billing/flows/handle-event";
import { takeInWebhook } from "~/modules/billing/flows/take-in-webhook";
import { billingRouter } from "~/modules/billing/router";
import { crmRouter } from "~/modules/crm/router";
import {
  claimDueErasures,
  requestOrganizationErasure,
  requestPersonErasure,
  runErasure,
} from "~/modules/gdpr/flows";
import { gdprRouter } from "~/modules/gdpr/router";
import { Certificate } from "~/modules/gdpr/schema";
import { searchAgain } from "~/modules/gdpr/service/watch-erasures";
import { tokenFor } from "~/modules/gdpr/service";
import { countUsage, verifyLedger } from "~/modules/metering";
import { actAs, orgAtDoor } from "~/modules/tenancy";
import { askSlug } from "~/modules/tenancy/flows";
import { transferOwnership } from "~/modules/tenancy/service";
import { tenancyRouter } from "~/modules/tenancy/router";
import { forgetEnv } from "~/server/config/env";
import { newSecret, hashSecret } from "~/server/auth/secrets";
import { newId } from "~/server/db/ids";
import { withSystem } from "~/server/db/with-system";
import { withTenant } from "~/server/db/with-tenant";
import { listAll, writeObject } from "~/server/outbound/object-store";
import { callerFor } from "~/testing/callers";
import { refused } from "~/testing/refusals";
import { startS3 } from "~/testing/s3";
import { startTestStripe, type TestStripe } from "~/testing/stripe";
import {
  asOwner,
  testOrg,
  testTrace,
  testUser,
  unique,
  type TestOrg,
  type TestUser,
} from "~/testing/tenants";
import { PRIVACY } from "./privacy";

// An erasure reads the whole database, and each kill is a run of its own.
vi.setConfig({ testTimeout: 300_000 });

let stripe: TestStripe;
beforeAll(async () => {
  await startS3();
  stripe = await startTestStripe();
});
afterAll(() => stripe.close());
afterEach(() => clock.setOffset(0));

const DAY_MS = 86_400_000;

async function confirmed(user: TestUser): Promise<TestUser> {
  await asOwner(`update session set stepped_up_at = now(), stepped_up_by = 'link' where id = $1`, [
    user.sessionId,
  ]);
  return user;
}

async function carryOut(id: string): Promise<string> {
  for (;;) {
    const due = (await claimDueErasures()).find(({ erasureId }) => erasureId === id);
    if (!due) throw new Error("not due");
    const outcome = await runErasure(due, testTrace(), {
      privacy: PRIVACY,
      parties: { mail: async () => {} },
      // Each run ends after its first step: all that is left is another run's.
      workMs: 50,
    });
    if (outcome !== "more") return outcome;
  }
}

const requestedBy = async (org: TestOrg, owner = org.users[0]!) =>
  requestOrganizationErasure(
    { person: await confirmed(owner), actor: org.owner },
    { confirmation: org.name },
    async () => {},
  );
const certificateOf = async (id: string) => {
  const [row] = await asOwner<{ certificate: unknown }>("select certificate from erasure where id = $1", [
    id,
  ]);
  return Certificate.parse(row!.certificate);
};
const left = ({ parts }: Certificate) =>
  parts.flatMap(({ search }) => search.findings.filter(({ verdict }) => verdict === "left"));

async function seal() {
  while ((await asOwner("select from audit_unsealed")).length > 0) await sealAudit();
}
/** Of every chain there is. */
async function faults() {
  const all = [];
  for await (const verdict of verifyAudit(testTrace())) all.push(...verdict.faults);
  return all;
}

describe("the erasure of an organization", () => {
  it("ends what is paid, removes files and rows, keeps accounts and a chain that verifies, and frees no address", async () => {
    const org = await testOrg({ plan: "FREE", members: ["member"], name: "Quillfeather Widgets" });
    const { orgId, slug, name } = org;
    const { url } = await callerFor(billingRouter, org.owner).checkout({ plan: "PRO", intentId: newId() });
    await stripe.pay(url);
    await callerFor(billingRouter, org.owner).refresh();
    await callerFor(crmRouter, org.owner).companies.create({ name: "Somebody Ltd" });
    await withTenant(org.owner, (scope) =>
      countUsage(scope, { meter: "images", quantity: 3, idempotencyKey: "image:1", occurredAt: clock.now() }),
    );
    await writeObject({ orgId, path: "imports/one/source.csv" }, Buffer.from("name\nSomebody"), "text/csv");
    await writeObject({ orgId, path: "logo/big.png" }, Buffer.alloc(1000), "image/png");
    await seal();

    const { id } = await requestedBy(org);
    expect(await callerFor(tenancyRouter, org.as("member")).current()).toMatchObject({
      status: "deletion_requested",
    });
    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await carryOut(id)).toBe("completed");
    const certificate = await certificateOf(id);
    expect(left(certificate)).toEqual([]);

    const [subscription] = await stripe
      .control<{ path: string; method: string }[]>("requests")
      .then((all) =>
        all.filter(({ method, path }) => method === "DELETE" && path.startsWith("/v1/subscriptions/")),
      );
    expect(subscription).toBeDefined();
    // Written invoices are kept, with their customer at Stripe and without the links that show whom.
    expect(
      await asOwner(
        "select number is not null as numbered, hosted_url, pdf_url from invoice where org_id = $1",
        [orgId],
      ),
    ).toEqual([{ numbered: true, hosted_url: null, pdf_url: null }]);
    expect(await asOwner("select from billing_customer where org_id = $1", [orgId])).toEqual([]);
    expect((await listAll(null)).objects.filter(({ key }) => key.includes(orgId))).toEqual([]);

    const told = JSON.stringify(certificate);
    expect(told).not.toContain(name);
    expect(told).not.toContain(slug);
    const kept = await asOwner<{ name: string; slug: string }>(
      "select name, slug from organization where id = $1",
      [orgId],
    );
    expect(kept).toEqual([{ name: "Deleted organization", slug: `deleted-${orgId}` }]);
    await seal();
    expect(await faults()).toEqual([]);
    // So does the ledger, though nothing counts for it any more.
    expect(await asOwner("select from usage_ledger where org_id = $1", [orgId])).not.toEqual([]);
    const { findings } = await verifyLedger(testTrace());
    expect(findings.filter((one) => one.orgId === orgId)).toEqual([]);

    // Events that Stripe tells of late bring nothing back.
    for (const { body, signature } of await stripe.waiting()) {
      await takeInWebhook(body, signature, testTrace());
      await handleStripeEvent({ stripeEventId: (JSON.parse(body) as { id: string }).id }, testTrace());
    }
    expect(await asOwner(`select id from stripe_event where body like $1`, [`%${name}%`])).toEqual([]);

    // Nobody ever gets its address.
    const person = await testUser();
    expect(await askSlug(person, slug)).toMatchObject({ isFree: false });
    expect(await refused(callerFor(tenancyRouter, person).create({ name: "Another", slug }))).toBe(
      "tenancy.slug_taken",
    );
    expect((await asOwner("select slug from organization_slug where org_id = $1", [orgId]))[0]!.slug).toMatch(
      /^deleted-[\da-f]{64}$/,
    );
    // Its members live on.
    expect(
      await asOwner(`select id from "user" where id = any ($1)`, [org.users.map((u) => u.userId)]),
    ).toHaveLength(2);
  });

  it("is asked for by an owner who typed the name and was confirmed, and withdrawn by an owner", async () => {
    const org = await testOrg();
    const owner = callerFor(gdprRouter, org.owner);
    const asked = { confirmation: org.name };
    expect(await refused(owner.eraseOrganization(asked))).toBe("auth.step_up_required");
    const person = await confirmed(org.users[0]!);
    const both = { person, actor: org.owner };
    expect(
      await refused(requestOrganizationErasure(both, { confirmation: "something" }, async () => {})),
    ).toBe("tenancy.confirmation_mismatch");
    await requestedBy(org);
    expect(await refused(requestedBy(org))).toBe("tenancy.deletion_requested");
    expect((await owner.organization()).erasure).toMatchObject({ state: "requested" });
    await owner.keepOrganization();
    expect(await callerFor(tenancyRouter, org.owner).current()).toMatchObject({
      status: "active",
      deletion: null,
    });
    expect(await refused(owner.keepOrganization())).toBe("gdpr.nothing_to_undo");
    clock.setOffset(8 * DAY_MS);
    expect(await claimDueErasures()).toEqual([]);
    for (const role of ["admin", "member", "readonly"] as const) {
      const caller = callerFor(gdprRouter, org.as(role));
      expect(await refused(caller.eraseOrganization(asked))).toBe("kernel.forbidden");
      expect(await refused(caller.keepOrganization())).toBe("kernel.forbidden");
      expect(await refused(caller.exportOrganization())).toBe("kernel.forbidden");
    }
  });

  it("is taken back when the mail that undoes it does not go out", async () => {
    const org = await testOrg();
    const person = await confirmed(org.users[0]!);
    const down = async () => {
      throw new Error("mail is down");
    };
    await expect(
      requestOrganizationErasure({ person, actor: org.owner }, { confirmation: org.name }, down),
    ).rejects.toThrow("mail is down");
    expect(await callerFor(tenancyRouter, org.owner).current()).toMatchObject({ status: "active" });
    clock.setOffset(8 * DAY_MS);
    expect(await claimDueErasures()).toEqual([]);
  });
});

describe("an erasure whose parties do not answer", () => {
  /** Whether this one, tried for a while, ends by itself. */
  const outcomeOf = async (id: string) => {
    const due = (await claimDueErasures()).find(({ erasureId }) => erasureId === id)!;
    const given = { privacy: PRIVACY, parties: { mail: async () => {} }, workMs: 60_000 };
    return runErasure(due, testTrace(), given).catch(
      (error: { code?: string }) => error.code ?? String(error),
    );
  };
  const stepsOf = async (id: string) => {
    const steps = await asOwner<{ name: string; is_done: boolean }>(
      "select name, finished_at is not null as is_done from erasure_step where erasure_id = $1 order by position",
      [id],
    );
    return {
      done: steps.filter((step) => step.is_done).map(({ name }) => name),
      next: steps.find((step) => !step.is_done)?.name,
    };
  };
  const lead = (name: "STRIPE_API_URL" | "S3_ENDPOINT", to: string) => {
    process.env[name] = to;
    forgetEnv();
    delete (globalThis as { __tenantryObjectStore?: unknown }).__tenantryObjectStore;
  };
  const without = async <T>(name: "STRIPE_API_URL" | "S3_ENDPOINT", work: () => Promise<T>): Promise<T> => {
    const before = process.env[name]!;
    // A port that nobody listens at.
    lead(name, "http://127.0.0.1:9");
    try {
      return await work();
    } finally {
      lead(name, before);
    }
  };

  it("stands still at that step, for whoever looks to see, gives no certificate, and goes on when they do", async () => {
    const org = await testOrg({ plan: "FREE", name: "Halfway Mills" });
    const { orgId } = org;
    const { url } = await callerFor(billingRouter, org.owner).checkout({ plan: "PRO", intentId: newId() });
    await stripe.pay(url);
    await callerFor(billingRouter, org.owner).refresh();
    await writeObject({ orgId, path: "imports/one/source.csv" }, Buffer.from("name"), "text/csv");
    const { id } = await requestedBy(org);
    const [{ certificate_digest: digest }] = (await asOwner<{ certificate_digest: string }>(
      "select certificate_digest from erasure where id = $1",
      [id],
    )) as [{ certificate_digest: string }];
    expect(digest).toBe(hashSecret(tokenFor("certificate", id)));
    const seen = () =>
      callerFor(gdprRouter, org.users[0]!).certificate({ token: tokenFor("certificate", id) });

    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await without("STRIPE_API_URL", () => outcomeOf(id))).toBe("billing.payments_delayed");
    expect(await stepsOf(id)).toEqual({ done: [], next: "billing" });
    expect(await seen()).toMatchObject({ preview: { state: "running" }, certificate: null });
    expect((await seen()).steps[0]).toEqual({ label: "Payments ended", count: 0, isDone: false });
    // Nothing of it is gone before what is paid has ended.
    expect(await asOwner("select from membership where org_id = $1", [orgId])).not.toEqual([]);

    // Its run is over, and the next one takes over when its claim is.
    clock.setOffset(7 * DAY_MS + 3 * 60_000);
    expect(await without("S3_ENDPOINT", () => outcomeOf(id))).not.toBe("completed");
    expect(await stepsOf(id)).toEqual({ done: ["billing", "access"], next: "objects" });
    expect(await seen()).toMatchObject({ preview: { state: "running" }, certificate: null });
    expect(await asOwner("select certificate from erasure where id = $1", [id])).toEqual([
      { certificate: null },
    ]);

    clock.setOffset(7 * DAY_MS + 6 * 60_000);
    expect(await carryOut(id)).toBe("completed");
    const certificate = await certificateOf(id);
    expect(certificate.parts[0]!.erased).toContainEqual({ what: "files", how: "removed", count: 1 });
    expect((await listAll(null)).objects.filter(({ key }) => key.includes(orgId))).toEqual([]);
    expect((await seen()).certificate).toEqual(certificate);
  });

  it("gives no certificate while the search of the files cannot be made", async () => {
    const person = await confirmed(await testUser());
    const { id } = await requestPersonErasure(person, { confirmation: person.email }, async () => {});
    clock.setOffset(7 * DAY_MS + 1_000);
    const due = (await claimDueErasures()).find(({ erasureId }) => erasureId === id)!;
    const endpoint = process.env.S3_ENDPOINT!;
    const run = runErasure(due, testTrace(), {
      privacy: PRIVACY,
      parties: { mail: async () => {} },
      workMs: 120_000,
      // From then on the store is away.
      onMoment: (step, moment) => {
        if (step !== "mail" || moment !== "after_commit") return;
        lead("S3_ENDPOINT", "http://127.0.0.1:9");
      },
    });
    await expect(run).rejects.toThrow();
    lead("S3_ENDPOINT", endpoint);
    expect(await stepsOf(id)).toMatchObject({ next: "search-objects" });
    expect(await asOwner("select state, certificate from erasure where id = $1", [id])).toEqual([
      { state: "running", certificate: null },
    ]);
    clock.setOffset(7 * DAY_MS + 3 * 60_000);
    expect(await carryOut(id)).toBe("completed");
  });
});

/** Runs an erasure and kills it at each of these moments of a step, one after the other, then to its end. */
async function carryOutKilled(id: string, step: string): Promise<string> {
  const killed: string[] = [];
  for (let turns = 0; turns < 10; turns++) {
    clock.setOffset(7 * DAY_MS + turns * 3 * 60_000 + 1_000);
    const due = (await claimDueErasures()).find(({ erasureId }) => erasureId === id)!;
    const run = runErasure(due, testTrace(), {
      privacy: PRIVACY,
      parties: { mail: async () => {} },
      workMs: 120_000,
      onMoment: (at, moment) => {
        if (at !== step || killed.includes(moment)) return;
        killed.push(moment);
        throw new Error("killed");
      },
    });
    const outcome = await run.catch((error: unknown) => {
      if (error instanceof Error && error.message === "killed") return "killed";
      throw error;
    });
    if (outcome === "killed") continue;
    expect(killed.toSorted()).toEqual(["after_call", "after_commit", "before_commit"]);
    return outcome;
  }
  throw new Error("it never ends");
}
const saidIn = (orgId: string, action: string) =>
  asOwner("select from audit_entry where org_id = $1 and action = $2", [orgId, action]);
const countedOf = async (id: string, step: string) =>
  (
    await asOwner<{ count: number }>(
      "select count::int from erasure_step where erasure_id = $1 and name = $2",
      [id, step],
    )
  )[0]!.count;

describe("killed while Stripe is asked, at each moment there is, an erasure writes down once", () => {
  it("that payments ended, and how many", async () => {
    const org = await testOrg({ plan: "FREE", members: [] });
    const { url } = await callerFor(billingRouter, org.owner).checkout({ plan: "PRO", intentId: newId() });
    await stripe.pay(url);
    await callerFor(billingRouter, org.owner).refresh();
    const { id } = await requestedBy(org);
    expect(await carryOutKilled(id, "billing")).toBe("completed");
    // Its detail went with the organization.
    expect(await saidIn(org.orgId, "billing.ended")).toHaveLength(1);
    expect(await countedOf(id, "billing")).toBe(1);
  });

  it("that receipts go to another owner", async () => {
    const org = await testOrg({ plan: "FREE", members: ["admin"] });
    const [owner, admin] = [await confirmed(org.users[0]!), org.users[1]!];
    const { url } = await callerFor(billingRouter, org.owner).checkout({ plan: "PRO", intentId: newId() });
    await stripe.pay(url);
    await callerFor(billingRouter, org.owner).refresh();
    await asOwner("update membership set role = 'owner' where org_id = $1 and user_id = $2", [
      org.orgId,
      admin.userId,
    ]);
    const { id } = await requestPersonErasure(owner, { confirmation: owner.email }, async () => {});
    expect(await carryOutKilled(id, "billing")).toBe("completed");
    expect(await saidIn(org.orgId, "billing.receipts_moved")).toHaveLength(1);
    expect(await countedOf(id, "billing")).toBe(1);
    expect(await asOwner("select email from billing_customer where org_id = $1", [org.orgId])).toEqual([
      { email: admin.email },
    ]);
  });
});

describe("the erasure of a person", () => {
  it("waits until the only owner of an organization where others work has handed over", async () => {
    const org = await testOrg({ members: ["admin"] });
    const [owner, admin] = [await confirmed(org.users[0]!), org.users[1]!];
    const asked = { confirmation: owner.email };
    expect(await refused(requestPersonErasure(owner, asked, async () => {}))).toBe("gdpr.hand_over_first");
    // They become the only owner while the time of grace runs.
    await asOwner("update membership set role = 'owner' where org_id = $1 and user_id = $2", [
      org.orgId,
      admin.userId,
    ]);
    const { id } = await requestPersonErasure(owner, asked, async () => {});
    await asOwner("update membership set role = 'member' where org_id = $1 and user_id = $2", [
      org.orgId,
      admin.userId,
    ]);
    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await carryOut(id)).toBe("blocked");
    expect(await asOwner(`select from "user" where id = $1`, [owner.userId])).toHaveLength(1);
    expect(await claimDueErasures()).toEqual([]);
    await asOwner("update membership set role = 'owner' where org_id = $1 and user_id = $2", [
      org.orgId,
      admin.userId,
    ]);
    clock.setOffset(7 * DAY_MS + 61 * 60_000);
    expect(await carryOut(id)).toBe("completed");
    expect(await asOwner(`select from "user" where id = $1`, [owner.userId])).toEqual([]);
    expect(await asOwner("select user_id from membership where org_id = $1", [org.orgId])).toEqual([
      { user_id: admin.userId },
    ]);
    await seal();
    expect(await faults()).toEqual([]);
  });

  it("is asked for once, and done by one run at a time: one that lost its claim changes nothing", async () => {
    const person = await confirmed(await testUser());
    const asked = { confirmation: person.email };
    expect(await refused(requestPersonErasure(person, { confirmation: "else" }, async () => {}))).toBe(
      "gdpr.confirmation_mismatch",
    );
    const { id } = await requestPersonErasure(person, asked, async () => {});
    expect(await refused(requestPersonErasure(person, asked, async () => {}))).toBe("gdpr.already_requested");
    clock.setOffset(7 * DAY_MS + 1_000);
    const claim = async () => (await claimDueErasures()).find(({ erasureId }) => erasureId === id);
    const first = (await claim())!;
    expect(await claim()).toBeUndefined();
    // It says nothing for longer than its claim holds.
    clock.setOffset(7 * DAY_MS + 5 * 60_000);
    const second = (await claim())!;
    const given = { privacy: PRIVACY, parties: { mail: async () => {} } };
    expect(await runErasure(first, testTrace(), given)).toBe("lost");
    expect(await asOwner(`select from "user" where id = $1`, [person.userId])).toHaveLength(1);
    expect(await asOwner("select from erasure_step where erasure_id = $1", [id])).toEqual([]);
    expect(await runErasure(second, testTrace(), { ...given, workMs: 120_000 })).toBe("completed");
    expect(await runErasure(second, testTrace(), given)).toBe("lost");
  });

  it("makes whoever signs in by the same address afterwards a wholly new person", async () => {
    const person = await confirmed(
      await testUser({ email: `${unique("again")}@example.test`, name: "Ida Returns" }),
    );
    const { id } = await requestPersonErasure(person, { confirmation: person.email }, async () => {});
    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await carryOut(id)).toBe("completed");
    clock.setOffset(0);
    await signInByLink(person.email, { userAgent: null, address: null } as never, testTrace());
    const [again] = await asOwner<{ id: string; name: string | null }>(
      `select id, name from "user" where email = $1`,
      [person.email],
    );
    expect(again!.name).toBeNull();
    expect(again!.id).not.toBe(person.userId);
    expect(await asOwner("select from membership where user_id = $1", [again!.id])).toEqual([]);
  });

  it("gives no certificate while something is left that nothing explains, and does once staff mended it", async () => {
    const person = await confirmed(await testUser({ name: "Orla Leftover" }));
    const org = await testOrg({ members: [] });
    const { id } = await requestPersonErasure(person, { confirmation: person.email }, async () => {});
    // A place nobody declared: an address in the words of an override.
    await asOwner(
      `insert into entitlement_override (id, org_id, feature, "limit", reason) values ($1, $2, 'storefront', 1, $3)`,
      [newId(), org.orgId, `asked for by ${person.email}`],
    );
    clock.setOffset(7 * DAY_MS + 1_000);
    expect(await carryOut(id)).toBe("residue");
    expect(left(await certificateOf(id))).toMatchObject([
      { where: "entitlement_override.reason", what: "address", verdict: "left" },
    ]);
    expect(await claimDueErasures()).toEqual([]);
    await asOwner("update entitlement_override set reason = 'asked for' where org_id = $1", [org.orgId]);
    const again = (reason: string) =>
      withSystem({ reason: "test", trace: testTrace() }, (scope) => searchAgain(scope, id, reason));
    // What staff write stays, so that it would be what the search finds next.
    for (const reason of [`mended for ${person.email}`, "the note of Orla Leftover"])
      await expect(again(reason)).rejects.toMatchObject({ code: "gdpr.names_subject" });
    await again("the reason of the override was emptied");
    await expect(again("and again")).rejects.toMatchObject({ code: "gdpr.not_waiting" });
    expect(await carryOut(id)).toBe("completed");
    const [row] = await asOwner("select state, sought from erasure where id = $1", [id]);
    expect(row).toEqual({ state: "completed", sought: null });
  });
});

it("keeps the links' tokens as digests, and answers nobody who made one up", async () => {
  const anyone = callerFor(gdprRouter, await testUser());
  const token = newSecret();
  expect(await anyone.undo({ token })).toEqual({ state: "unknown", kind: null, dueAt: null });
  expect(await anyone.certificate({ token })).toMatchObject({
    preview: { state: "unknown" },
    certificate: null,
  });
  expect(await refused(anyone.keepByLink({ token }))).toBe("gdpr.nothing_to_undo");
  expect(await asOwner("select from erasure where undo_digest = $1", [hashSecret(token)])).toEqual([]);
});

it("of an only owner does not wait for the suspension of an organization to end: it is handed over while it lasts", async () => {
  const org = await testOrg({ members: ["admin", "member"] });
  const [owner, , heir] = [await confirmed(org.users[0]!), org.users[1]!, org.users[2]!];
  await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
  const asked = { confirmation: owner.email };
  const waits = requestPersonErasure(owner, asked, async () => {});
  await expect(waits).rejects.toMatchObject({
    code: "gdpr.hand_over_first",
    publicMessage: expect.stringContaining("can be done while it is suspended") as string,
  });
  expect((await callerFor(gdprRouter, owner).person()).handOverFirst).toMatchObject([{ isSuspended: true }]);

  // Through the doors as they stand, which are those of a page.
  const at = async (person: TestUser, permission: Permission) =>
    actAs((await orgAtDoor(person, org.slug))!, person, permission);
  expect(await refused(at(org.users[1]!, "organization.transfer"))).toBe("kernel.forbidden");
  const actor = await at(owner, "organization.transfer");
  const transfer = (confirmation: string) =>
    withTenant(actor, (scope) => transferOwnership(scope, { userId: heir.userId, confirmation }));
  expect(await refused(transfer("something else"))).toBe("tenancy.confirmation_mismatch");
  await transfer(org.name);
  expect(await saidIn(org.orgId, "organization.ownership_transferred")).toHaveLength(1);
  expect(
    await asOwner("select from outbox_event where org_id = $1 and name = 'tenancy/role.changed'", [
      org.orgId,
    ]),
  ).toHaveLength(2);
  // Nothing else that a suspension stops is open to the new owner.
  for (const permission of ["organization.delete", "member.update", "crm.write"] as const)
    expect(await refused(at(heir, permission))).toBe("tenancy.org_suspended");

  const { id } = await requestPersonErasure(owner, asked, async () => {});
  clock.setOffset(7 * DAY_MS + 1_000);
  expect(await carryOut(id)).toBe("completed");
  expect(await asOwner("select status from organization where id = $1", [org.orgId])).toEqual([
    { status: "suspended" },
  ]);
});
