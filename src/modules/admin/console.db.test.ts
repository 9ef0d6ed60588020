// What staff see over all organizations, what they change, and that each change leaves its reason in both chains.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeClients } from "~/server/db/client";
import { newId } from "~/server/db/ids";
import { databaseListener } from "~/server/db/listener";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, testUser, unique, type TestUser } from "~/testing/tenants";
import { adminRouter } from "./router";
import { csvCell, erasuresLine, spanWords, stateOf, waitingLine } from "./rules";

let staff: TestUser;
let console_: ReturnType<typeof callerFor<ReturnType<typeof adminRouter.createCaller>>>;
beforeAll(async () => {
  staff = await testUser({ name: "Sam Staff" });
  await asOwner(`update "user" set platform_role = 'admin' where id = $1`, [staff.userId]);
  console_ = callerFor(adminRouter, staff);
});
afterAll(async () => {
  await databaseListener().close();
  await closeClients();
});

const REASON = "Asked for on the phone";
type Told = { action: string; via: string | null; reason: string | null; actor_id: string | null };
/** Entries of staff's acts in a chain, the oldest first; null is the platform's. */
const told = (orgId: string | null, of = staff.userId) =>
  asOwner<Told>(
    `select e.action, e.via, e.actor_id, d.detail->'after'->>'reason' as reason
     from audit_entry e join audit_detail d on d.entry_id = e.id
     where e.org_id is not distinct from $1::uuid and (e.actor_id = $2 or e.via = 'staff:' || $2) order by e.id`,
    [orgId, of],
  );
const toldOf = async (orgId: string) => ({
  org: (await told(orgId)).map(({ action, via, reason }) => [
    action,
    via === `staff:${staff.userId}`,
    reason,
  ]),
  platform: (
    await asOwner<Told>(
      `select e.action, d.detail->'after'->>'reason' as reason from audit_entry e join audit_detail d on d.entry_id = e.id
       where e.org_id is null and d.detail->'after'->>'orgId' = $1 order by e.id`,
      [orgId],
    )
  ).map(({ action, reason }) => [action, reason]),
});
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { cause?: { code?: string }; code?: string }) => error.cause?.code ?? error.code,
  );

async function job(orgId: string, userId: string, status: string) {
  const id = newId();
  await asOwner(
    `insert into job (id, org_id, user_id, task_type, status, input, correlation_id, finished_at)
     values ($1, $2, $3, 'import', $4, '{"value": {}}', 'test', case when $4 in ('FAILED', 'COMPLETED') then now() end)`,
    [id, orgId, userId, status],
  );
  return id;
}

describe("organizations", () => {
  it("come newest first, page by page, each once", async () => {
    const mark = unique("paged");
    const made = [];
    for (let nth = 0; nth < 5; nth++) made.push(await testOrg({ members: [], name: `${mark} ${nth}` }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof console_.organizations>> = await console_.organizations({
        search: mark,
        limit: 2,
        cursor,
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(made.map(({ orgId }) => orgId).reverse());
    const oldest = await console_.organizations({ search: mark, sort: "created" });
    expect(oldest.items.map(({ id }) => id)).toEqual([...seen].reverse());
  });

  it("are narrowed by plan, state and words, and show members and use", async () => {
    const name = unique("Narrow");
    const org = await testOrg({ plan: "PRO", name });
    await asOwner(
      `insert into usage_counter (org_id, meter, period_start, period_end, used, included)
       values ($1, 'jobs', now() - interval '1 day', now() + interval '1 day', 42, 5000)`,
      [org.orgId],
    );
    const only = async (input: Parameters<typeof console_.organizations>[0]) =>
      (await console_.organizations({ search: name.toUpperCase(), ...input })).items;
    expect(await only({})).toMatchObject([
      { id: org.orgId, plan: "PRO", state: "active", members: 4, jobs: { used: 42, limit: 5000 } },
    ]);
    expect(await only({ plan: "FREE" })).toEqual([]);
    expect(await only({ state: "suspended" })).toEqual([]);
    await asOwner("update organization set deletion_requested_at = now() where id = $1", [org.orgId]);
    expect(await only({ state: "deleting" })).toMatchObject([{ state: "deleting" }]);
    expect(await only({ state: "active" })).toEqual([]);
  });

  it("say which is on trial, until the trial ends", async () => {
    const name = unique("Trial");
    const org = await testOrg({ plan: "FREE", members: [], name });
    const shown = async () => (await console_.organizations({ search: name })).items;
    const endTrial = (at: string) =>
      asOwner(`update organization_plan set trial_ends_at = now() + $2::interval where org_id = $1`, [
        org.orgId,
        at,
      ]);
    await endTrial("1 hour");
    expect(await shown()).toMatchObject([{ plan: "FREE", isOnTrial: true }]);
    await endTrial("-1 hour");
    expect(await shown()).toMatchObject([{ plan: "FREE", isOnTrial: false }]);
  });

  it("take no word of a search for a pattern", async () => {
    const org = await testOrg({ members: [], name: `100%_${unique("x")}` });
    expect((await console_.organizations({ search: "100%_" })).items.map(({ id }) => id)).toContain(
      org.orgId,
    );
    expect((await console_.organizations({ search: "100x_%" })).items).toEqual([]);
  });

  it("show everything about one on one page, and are not found when they are not there", async () => {
    const org = await testOrg({ plan: "PRO" });
    await job(org.orgId, org.owner.userId!, "FAILED");
    const seen = await console_.organization({ id: org.orgId });
    expect(seen).toMatchObject({ slug: org.slug, memberCount: 4, terms: { plan: "PRO", source: "staff" } });
    expect(seen.members.map(({ role }) => role)).toEqual(["owner", "admin", "member", "readonly"]);
    expect(seen.usage.find(({ meter }) => meter === "jobs")).toMatchObject({ limit: 5000 });
    expect(seen.jobs.counts).toEqual({ FAILED: 1 });
    expect(await refusal(console_.organization({ id: newId() }))).toBe("kernel.not_found");
  });
});

describe("an act of staff", () => {
  it("suspends and lets go on, each with its reason in both chains", async () => {
    const { orgId } = await testOrg({ members: [] });
    await console_.suspend({ orgId, suspended: true, reason: REASON });
    expect(await asOwner("select status from organization where id = $1", [orgId])).toEqual([
      { status: "suspended" },
    ]);
    expect(await refusal(console_.suspend({ orgId, suspended: true, reason: REASON }))).toBe(
      "admin.nothing_to_change",
    );
    await console_.suspend({ orgId, suspended: false, reason: "Paid" });
    expect(await toldOf(orgId)).toEqual({
      org: [
        ["staff.suspended", true, REASON],
        ["staff.resumed", true, "Paid"],
      ],
      platform: [
        ["staff.suspended", REASON],
        ["staff.resumed", "Paid"],
      ],
    });
    expect((await console_.organization({ id: orgId })).staffActs.map(({ by, deed }) => [by, deed])).toEqual([
      ["Sam Staff", "lifted the suspension: Paid"],
      ["Sam Staff", `suspended the organization: ${REASON}`],
    ]);
  });

  it("wants a reason: without one nothing happens", async () => {
    const { orgId, owner } = await testOrg({ members: [] });
    const id = await job(orgId, owner.userId!, "RUNNING");
    for (const reason of ["", "   "]) {
      expect(await refusal(console_.suspend({ orgId, suspended: true, reason }))).toBe("BAD_REQUEST");
      expect(await refusal(console_.changePlan({ orgId, plan: "PRO", reason }))).toBe("BAD_REQUEST");
      expect(await refusal(console_.setOverride({ orgId, entitlement: "jobs", limit: 1, reason }))).toBe(
        "BAD_REQUEST",
      );
      expect(await refusal(console_.setFeature({ orgId, feature: "agents", enabled: true, reason }))).toBe(
        "BAD_REQUEST",
      );
      expect(await refusal(console_.cancelJob({ id, reason }))).toBe("BAD_REQUEST");
      expect(await refusal(console_.endSessions({ id: owner.userId!, reason }))).toBe("BAD_REQUEST");
    }
    expect(await toldOf(orgId)).toEqual({ org: [], platform: [] });
  });

  it("gives a plan and takes it back, each told once in either chain, but not one that is paid for", async () => {
    const { orgId } = await testOrg({ plan: "FREE", members: [] });
    await console_.changePlan({ orgId, plan: "ENTERPRISE", reason: REASON });
    expect(await toldOf(orgId)).toEqual({
      org: [["organization.plan_changed", true, REASON]],
      platform: [["staff.plan_changed", REASON]],
    });
    expect((await console_.organization({ id: orgId })).staffActs.map(({ deed }) => deed)).toEqual([
      `changed the plan from Free to Enterprise: ${REASON}`,
    ]);
    expect((await console_.organization({ id: orgId })).terms).toMatchObject({
      plan: "ENTERPRISE",
      source: "staff",
    });
    await console_.changePlan({ orgId, plan: "FREE", reason: REASON });
    expect((await console_.organization({ id: orgId })).terms).toMatchObject({
      plan: "FREE",
      source: "none",
    });
    await asOwner("update organization_plan set source = 'stripe', plan = 'PRO' where org_id = $1", [orgId]);
    expect(await refusal(console_.changePlan({ orgId, plan: "ENTERPRISE", reason: REASON }))).toBe(
      "admin.plan_is_paid",
    );
  });

  it("gives a limit besides the plan until a day, and keeps the one before as history", async () => {
    const { orgId } = await testOrg({ plan: "FREE", members: [] });
    const limitNow = async () =>
      (await console_.organization({ id: orgId })).usage.find(({ meter }) => meter === "images")!.limit;
    const tomorrow = new Date(Date.now() + 86_400_000);
    await console_.setOverride({
      orgId,
      entitlement: "images",
      limit: 9,
      reason: "One",
      expiresAt: tomorrow,
    });
    await console_.setOverride({ orgId, entitlement: "images", limit: -1, reason: "Two" });
    const { overrides } = await console_.organization({ id: orgId });
    expect(overrides.map(({ limit, reason, by, endedAt }) => [limit, reason, by, endedAt === null])).toEqual([
      [-1, "Two", "Sam Staff", true],
      [9, "One", "Sam Staff", false],
    ]);
    await expect.poll(limitNow).toBe(-1);
    await console_.endOverride({ orgId, entitlement: "images", reason: "Over" });
    await expect.poll(limitNow).toBe(500);
    expect(await refusal(console_.endOverride({ orgId, entitlement: "images", reason: "Over" }))).toBe(
      "admin.nothing_to_change",
    );
    const past = new Date(Date.now() - 1_000);
    expect(
      await refusal(
        console_.setOverride({ orgId, entitlement: "images", limit: 1, reason: "x", expiresAt: past }),
      ),
    ).toBe("entitlements.override_is_over");
  });

  it("switches a feature, as the matrix then shows", async () => {
    const name = unique("Matrix");
    const { orgId } = await testOrg({ plan: "FREE", members: [], name });
    const cell = async () =>
      (await console_.features({ search: name })).items[0]!.cells.find(
        ({ feature }) => feature === "workflows",
      );
    expect(await cell()).toEqual({ feature: "workflows", isOn: false, by: "plan" });
    await console_.setFeature({ orgId, feature: "workflows", enabled: true, reason: REASON });
    expect(await cell()).toEqual({ feature: "workflows", isOn: true, by: "override" });
    await console_.clearFeature({ orgId, feature: "workflows", reason: REASON });
    expect(await cell()).toMatchObject({ isOn: false, by: "plan" });
    expect(await toldOf(orgId)).toEqual({
      org: [
        ["feature.override_set", true, REASON],
        ["feature.override_removed", true, REASON],
      ],
      platform: [
        ["staff.feature_set", REASON],
        ["staff.feature_set", REASON],
      ],
    });
  });

  it("names in the matrix the plan that decides: a trial's while it runs", async () => {
    const name = unique("Trial");
    const { orgId } = await testOrg({ plan: "FREE", members: [], name });
    const shown = async () => {
      const { plan, isOnTrial, cells } = (await console_.features({ search: name })).items[0]!;
      return { plan, isOnTrial, workflows: cells.find(({ feature }) => feature === "workflows")!.isOn };
    };
    expect(await shown()).toEqual({ plan: "FREE", isOnTrial: false, workflows: false });
    await asOwner(
      "update organization_plan set trial_ends_at = now() + interval '9 days' where org_id = $1",
      [orgId],
    );
    expect(await shown()).toEqual({ plan: "PRO", isOnTrial: true, workflows: true });
  });

  it("cancels a job of any organization, and runs one again for whoever asked for it", async () => {
    const { orgId, owner } = await testOrg({ members: [] });
    const running = await job(orgId, owner.userId!, "RUNNING");
    await console_.cancelJob({ id: running, reason: REASON });
    expect(await refusal(console_.cancelJob({ id: running, reason: REASON }))).toBe("jobs.already_finished");
    await console_.runJobAgain({ id: running, reason: "Again" });
    const { items } = await console_.jobs({ org: orgId });
    expect(items.map(({ status, by }) => [status, by])).toEqual([
      ["PENDING", "Pat owner"],
      ["CANCELLED", "Pat owner"],
    ]);
    expect(await toldOf(orgId)).toEqual({
      org: [
        ["job.cancelled", true, REASON],
        ["job.run_again", true, "Again"],
      ],
      platform: [
        ["staff.job_cancelled", REASON],
        ["staff.job_run_again", "Again"],
      ],
    });
    expect(await refusal(console_.cancelJob({ id: newId(), reason: REASON }))).toBe("kernel.not_found");
  });

  it("signs a person out everywhere", async () => {
    const person = await testUser();
    expect(await console_.endSessions({ id: person.userId, reason: REASON })).toEqual({ count: 1 });
    expect((await console_.person({ id: person.userId })).living).toEqual([]);
    expect(await refusal(console_.endSessions({ id: person.userId, reason: REASON }))).toBe(
      "admin.nothing_to_change",
    );
  });
});

describe("lists", () => {
  it("find people by name or mail, and who is staff", async () => {
    const person = await testUser({ name: unique("Quince") });
    expect((await console_.people({ search: person.email })).items).toMatchObject([
      { id: person.userId, isStaff: false, sessions: 1, organizations: 0 },
    ]);
    expect((await console_.people({ search: person.name.toUpperCase() })).items).toHaveLength(1);
    const all = (await console_.people({ kind: "staff", limit: 100 })).items;
    expect(all.map(({ id }) => id)).toContain(staff.userId);
    expect(all.every(({ isStaff }) => isStaff)).toBe(true);
  });

  it("tell the platform's chain from an organization's, narrowed by person and act, and export what is shown", async () => {
    const { orgId } = await testOrg({ members: [] });
    await console_.suspend({ orgId, suspended: true, reason: '=HYPERLINK("x")' });
    const platform = await console_.audit({ person: staff.userId, action: "staff.suspended", limit: 1 });
    expect(platform.items[0]).toMatchObject({ action: "staff.suspended", actor: { name: "Sam Staff" } });
    const own = await console_.audit({ org: orgId, action: "staff" });
    expect(own.items.map(({ action }) => action)).toEqual(["staff.suspended"]);
    const { csv, rows, isCut } = await console_.exportAudit({ org: orgId });
    expect([rows, isCut, csv.trim().split("\r\n").length]).toEqual([1, false, 2]);
    expect((await toldOf(orgId)).org.map(([action]) => action)).toEqual([
      "staff.suspended",
      "staff.audit_exported",
    ]);
  });

  it("find entries of the log by who did it, to whom or what, in which words, and by an id", async () => {
    const name = unique("Quarry");
    const org = await testOrg({ members: ["member"], name });
    const { orgId, owner } = org;
    await console_.suspend({ orgId, suspended: true, reason: REASON });
    await console_.suspend({ orgId, suspended: false, reason: REASON });
    await console_.endSessions({ id: owner.userId!, reason: REASON });
    const found = async (input: Parameters<typeof console_.audit>[0]) =>
      (await console_.audit(input)).items.map(({ action }) => action);
    // By the organization's name, in the platform's chain; narrowed further by what else is asked.
    expect(await found({ search: name.toLowerCase() })).toEqual(["staff.resumed", "staff.suspended"]);
    expect(await found({ search: name, action: "staff.resumed" })).toEqual(["staff.resumed"]);
    expect(await found({ search: name, action: "job" })).toEqual([]);
    expect(await found({ search: name, person: owner.userId! })).toEqual([]);
    // By whom it was done to, and in its words.
    const [{ email } = { email: "" }] = await asOwner<{ email: string }>(
      `select email from "user" where id = $1`,
      [owner.userId!],
    );
    expect(await found({ search: email })).toEqual(["staff.sessions_ended", "session.ended"]);
    expect(await found({ org: orgId, search: "lifted the susp" })).toEqual(["staff.resumed"]);
    // By an id: of the entry, and of its target.
    const [entry] = (await console_.audit({ org: orgId, search: orgId })).items;
    expect(entry).toMatchObject({ action: "staff.resumed" });
    expect(await found({ org: orgId, search: entry!.id })).toEqual(["staff.resumed"]);
    // Another chain's entries are not in this one.
    expect(await found({ search: entry!.id })).toEqual([]);
    expect(await found({ search: unique("nobody-is-called-so") })).toEqual([]);
  });

  it("find entries page by page, each once, and take no word for a pattern", async () => {
    const name = unique("Slate");
    const { orgId } = await testOrg({ members: [], name });
    for (const suspended of [true, false, true]) await console_.suspend({ orgId, suspended, reason: REASON });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof console_.audit>> = await console_.audit({
        ...{ search: name, limit: 2, cursor },
      });
      seen.push(...page.items.map(({ action }) => action));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(["staff.suspended", "staff.resumed", "staff.suspended"]);
    expect((await console_.audit({ search: name.replace("S", "_") })).items).toEqual([]);
    // An export says that it was narrowed, and not by which name.
    expect((await console_.exportAudit({ search: name })).rows).toBe(3);
    const [exported] = await asOwner<{ after: object }>(
      `select d.detail->'after' as after from audit_entry e join audit_detail d on d.entry_id = e.id
       where e.action = 'staff.audit_exported' and e.org_id is null and e.actor_id = $1 order by e.id desc limit 1`,
      [staff.userId],
    );
    expect(exported!.after).toEqual({ rows: 3, searched: true });
  });

  it("say how the system is, with figures that are there", async () => {
    const seen = await console_.health();
    expect(seen.migrations.applied).toBeGreaterThan(20);
    expect(seen.migrations.pending).toEqual([]);
    expect(seen.connections.byRole.length).toBeGreaterThan(0);
    expect(seen.lines.map(({ key }) => key)).toContain("audit_seal");
    const { organizations, plans } = await console_.overview();
    expect(plans.reduce((sum, plan) => sum + plan.organizations, 0)).toBe(organizations.total);
  });

  it("refuse a cursor that no page of theirs gave", async () => {
    for (const cursor of ["x", "2026-01-01_1"]) {
      expect(await refusal(console_.organizations({ cursor }))).toBe("kernel.not_found");
      expect(await refusal(console_.audit({ cursor }))).toBe("kernel.not_found");
    }
  });
});

describe("deletions", () => {
  /** One as the slice that carries it out leaves it. */
  async function erasure(
    given: { kind?: string; subjectId?: string; state: string; left?: [where: string, what: string][] },
    sought: object | null = { ids: [], addresses: ["orla@example.test"], names: ["Orla Quill"], mailTo: [] },
  ) {
    const id = newId();
    const { kind = "person", subjectId = newId(), state, left = [] } = given;
    const findings = left.map(([where, what]) => ({
      where,
      what,
      count: 2,
      verdict: "left",
      why: "Nothing.",
    }));
    const at = new Date().toISOString();
    const search = { tables: 1, columns: 1, objects: 0, isClean: left.length === 0, findings };
    const certificate = {
      ...{ version: 1, erasureId: id, requestedAt: at, startedAt: at, completedAt: at, beyond: [] },
      parts: [{ kind, subjectId, erased: [], kept: [], search }],
    };
    await asOwner(
      `insert into erasure (id, kind, subject_id, state, requested_by_id, requested_at, due_at, undo_digest, certificate_digest, sought, certificate, completed_at)
       values ($1, $2, $3, $4, $3, now() - interval '8 days', now() - interval '1 day', $8, $9, $5, $6, $7)`,
      [
        ...[id, kind, subjectId, state, sought && JSON.stringify(sought), JSON.stringify(certificate)],
        ...[state === "completed" ? at : null, `${id} undo`, `${id} certificate`],
      ],
    );
    await asOwner(
      `insert into erasure_step (erasure_id, position, name, finished_at) values ($1, 0, 'log', now()), ($1, 1, 'search:note', now()), ($1, 2, 'certificate', now())`,
      [id],
    );
    return id;
  }
  const listed = async (input: Parameters<typeof console_.erasures>[0] = {}) =>
    (await console_.erasures({ limit: 100, ...input })).items;

  it("that wait stand there with what was found or who must hand over, the others by their state", async () => {
    const left = await erasure({ state: "residue", left: [["note.body", "name"]] });
    const org = await testOrg({ members: ["member"], name: unique("Handover") });
    const blocked = await erasure({ state: "blocked", subjectId: org.owner.userId! });
    const done = await erasure({ state: "completed" }, null);
    const mine = async (input?: Parameters<typeof listed>[0]) =>
      (await listed(input)).filter(({ id }) => [left, blocked, done].includes(id));
    const waiting = await mine();
    expect(waiting.map(({ id }) => id).sort()).toEqual([left, blocked].sort());
    expect(waiting.find(({ id }) => id === left)).toMatchObject({
      ...{ name: null, certificatePath: null, inTheWay: [] },
      left: [{ where: "note.body", what: "name", count: 2 }],
      waitsSince: expect.any(Date),
    });
    expect(waiting.find(({ id }) => id === blocked)).toMatchObject({
      ...{ name: "Pat owner", left: [] },
      inTheWay: [{ id: org.orgId, slug: org.slug }],
    });
    expect(await mine({ state: "completed" })).toMatchObject([
      {
        id: done,
        waitsSince: null,
        certificatePath: expect.stringMatching(/^\/erasure\/certificate\/[\w-]{43}$/),
      },
    ]);
    expect(await mine({ state: "residue" })).toHaveLength(1);
    expect((await console_.health()).lines.find(({ key }) => key === "erasures")).toMatchObject({
      state: "bad",
    });
  });

  it("come page by page, each once", async () => {
    const made = [];
    for (let nth = 0; nth < 3; nth++) made.push(await erasure({ state: "undone" }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof console_.erasures>> = await console_.erasures({
        ...{ state: "undone", limit: 2, cursor },
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen.sort()).toEqual(made.sort());
  });

  it("search again for a reason that names nobody, once, and the platform's chain says who had them", async () => {
    const id = await erasure({ state: "residue", left: [["note.body", "name"]] });
    for (const reason of ["the note of orla  quill", "ORLA@example.test was left"])
      expect(await refusal(console_.searchErasureAgain({ id, reason }))).toBe("gdpr.names_subject");
    expect(await refusal(console_.searchErasureAgain({ id, reason: " " }))).toBe("BAD_REQUEST");
    expect((await console_.erasure({ id })).state).toBe("residue");
    await console_.searchErasureAgain({ id, reason: "The note was emptied" });
    expect(await console_.erasure({ id })).toMatchObject({
      state: "running",
      left: [],
      steps: [{ isDone: true }, { isDone: false }, { isDone: false }],
    });
    expect(await refusal(console_.searchErasureAgain({ id, reason: "Again" }))).toBe("gdpr.not_waiting");
    expect(await refusal(console_.searchErasureAgain({ id: newId(), reason: "x" }))).toBe("kernel.not_found");
    const { items } = await console_.audit({ action: "staff.erasure_searched_again", limit: 1 });
    expect(items[0]!.deed).toBe("had a deletion search again for what is left: The note was emptied");
  });
});

describe("figures in words", () => {
  it("say whose turn it is with deletions that wait", () => {
    expect(erasuresLine({ residue: 0, blocked: 0 })).toMatchObject({ state: "ok" });
    expect(erasuresLine({ residue: 0, blocked: 2 })).toMatchObject({
      ...{ state: "watch", says: "2 deletions wait for a new owner." },
    });
    expect(erasuresLine({ residue: 1, blocked: 1 })).toMatchObject({
      state: "bad",
      says: "1 deletion left something, and waits for you. 1 deletion waits for a new owner.",
    });
  });

  it("say how long something waits, and when that is wrong", () => {
    const line = { key: "k", label: "L", what: "job", watchAfter: 60, badAfter: 600 };
    expect(waitingLine({ ...line, seconds: 0 })).toMatchObject({ state: "ok", says: "Nothing waits." });
    expect(waitingLine({ ...line, seconds: 60 })).toMatchObject({ state: "watch" });
    expect(waitingLine({ ...line, seconds: 600 })).toMatchObject({
      state: "bad",
      says: "The oldest job has waited 10 min.",
    });
    expect([5, 4_000, 7_300, 200_000].map(spanWords)).toEqual(["5 s", "67 min", "2 h", "2 days"]);
  });

  it("defuse what a spreadsheet would run", () => {
    expect([csvCell("=1"), csvCell('a"b'), csvCell(null), csvCell("-x,y")]).toEqual([
      "'=1",
      '"a""b"',
      "",
      `"'-x,y"`,
    ]);
  });

  it("say of an organization first that it goes", () => {
    expect(stateOf({ status: "suspended", deletionRequestedAt: new Date() })).toBe("deleting");
  });
});
