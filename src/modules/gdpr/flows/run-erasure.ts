/**
 * The erasure itself: steps that are each done once, written down with their counts, and may be killed anywhere. What
 * lies in the database is changed in the transaction that counts it; what lies outside is asked for again without harm.
 */
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import type { Privacy } from "~/kernel/privacy";
import { eraseDetailOf } from "~/modules/audit";
import { endPayments, paymentsToEnd, recordPaymentsEnded, redirectReceipts } from "~/modules/billing";
import { hashSecret, newSecret } from "~/server/auth/secrets";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem, type SystemScope } from "~/server/db/with-system";
import { logger } from "~/server/observability/logger";
import { emptyFolder, isObjectStoreThere } from "~/server/outbound/object-store";
import { mailErasureDone, type ErasureDoneMail } from "../adapters/mail";
import type { ErasureDue } from "../events";
import {
  allTables,
  applyRule,
  cancelJobs,
  disableWebhooks,
  endMemberships,
  endProgramSessionsOf,
  endSessionsOf,
  invitationIdsOf,
  lockOrganizationsOf,
  pagesOf,
  payersLike,
  references,
  revokeKeys,
  soughtOfOrganization,
  soughtOfPerson,
  standingsOf,
  type Pages,
} from "../queries/system";
import {
  BEYOND,
  BLOCKED_MS,
  certificatePart,
  CLAIM_MS,
  inOrder,
  rulesFor,
  RUN_MS,
  sortStandings,
  stepNames,
  tablesOf,
  type Declared,
} from "../rules";
import { Sought, type Certificate, type CertificatePart, type Finding, type Kind } from "../schema";
import { noteErasure, tokenFor, type Subject } from "../service";
import { searchObjects, searchTable } from "./search";
import { folderOf } from "./write-export";

/** The claim is another run's, or the erasure was undone: this run ends without a word. */
export class ErasureLost extends Error {
  override readonly name = "ErasureLost";
}

/** What an erasure asks of others; tests bring their own mail. */
export type Parties = { mail: (mail: ErasureDoneMail) => Promise<void> };
const LIVE: Parties = { mail: mailErasureDone };

export type Given = {
  privacy: readonly Privacy[];
  parties?: Parties;
  /** Milliseconds this run works for before it leaves the rest to the next one. */
  workMs?: number;
  /** For tests: called where a kill would hurt most, with the step's name; what it throws is the kill. */
  onMoment?: (step: string, moment: "before_commit" | "after_commit" | "after_call") => void;
};

type Row = NonNullable<Awaited<ReturnType<SystemScope["db"]["erasure"]["findFirst"]>>>;
type Run = {
  due: ErasureDue;
  trace: Trace;
  declared: Declared[];
  parties: Parties;
  until: number;
  onMoment: NonNullable<Given["onMoment"]>;
};
type Step = { erasureId: string; position: number; name: string; cursor: number };

/**
 * Goes on with an erasure that is under way.
 * @returns "completed"; "more" when its time is over; "blocked" when it must wait; "residue" when something was left that
 * must not be; "lost" when another run has it.
 */
export async function runErasure(
  due: ErasureDue,
  trace: Trace,
  { privacy, parties = LIVE, workMs = RUN_MS, onMoment = () => {} }: Given,
): Promise<"completed" | "more" | "blocked" | "residue" | "lost"> {
  const run: Run = {
    due,
    trace,
    declared: tablesOf(privacy),
    parties,
    until: performance.now() + workMs,
    onMoment,
  };
  try {
    const row = await begin(run);
    if (row === "blocked") return "blocked";
    const isThrough = await goThrough(run, row);
    if (!isThrough) {
      await release(run);
      return "more";
    }
    const after = await read(run, ({ db }) => db.erasure.findUniqueOrThrow({ where: { id: due.erasureId } }));
    return after.state === "residue" ? "residue" : "completed";
  } catch (error) {
    if (error instanceof ErasureLost) return "lost";
    throw error;
  }
}

const read = <T>({ trace }: Run, work: (scope: SystemScope) => Promise<T>): Promise<T> =>
  readSystem({ reason: "erasure", trace }, work);

/** One transaction of this run: locks the erasure, checks that it is still ours, and keeps the claim alive. */
async function transaction<T>(run: Run, step: string, work: (scope: SystemScope) => Promise<T>): Promise<T> {
  const answer = await withSystem({ reason: `erasure: ${step}`, trace: run.trace }, async (scope) => {
    const { erasureId: id, dispatch } = run.due;
    const held = await scope.db.erasure.updateMany({
      where: { id, dispatch, state: "running" },
      data: { claimedUntil: new Date(clock.now().getTime() + CLAIM_MS) },
    });
    if (held.count === 0) throw new ErasureLost();
    const done = await work(scope);
    run.onMoment(step, "before_commit");
    return done;
  });
  run.onMoment(step, "after_commit");
  return answer;
}

/** Hands the rest to the next run. */
const release = ({ due, trace }: Run) =>
  withSystem({ reason: "erasure goes on later", trace }, ({ db }) =>
    db.erasure.updateMany({
      where: { id: due.erasureId, dispatch: due.dispatch, state: "running" },
      data: { claimedUntil: null },
    }),
  );

// ─── The beginning: what will be done, for whom, and what will be looked for ───

async function begin(run: Run): Promise<Row | "blocked"> {
  const [links, tables] = await read(run, (scope) => Promise.all([references(scope), allTables(scope)]));
  return transaction(run, "begin", async (scope) => {
    const row = await scope.db.erasure.findUniqueOrThrow({ where: { id: run.due.erasureId } });
    if (row.startedAt) return row;
    const kind = row.kind as Kind;
    const names = (of: Kind) => stepNames(of, inOrder(of, run.declared, links), tables);
    if (kind === "person") {
      await lockOrganizationsOf(scope, row.subjectId);
      const standing = sortStandings(await standingsOf(scope, row.subjectId));
      if (standing.handOverFirst.length > 0) {
        await scope.db.erasure.updateMany({
          where: { id: row.id },
          data: {
            state: "blocked",
            blockedCode: "gdpr.hand_over_first",
            claimedUntil: new Date(clock.now().getTime() + BLOCKED_MS),
          },
        });
        return "blocked";
      }
      const withThem = names("organization").filter((name) => name !== "mail" && name !== "certificate");
      for (const { orgId } of standing.goesWithThem) await beginWith(scope, row, orgId, withThem);
    }
    return start(scope, row, names(kind));
  });
}

/** An organization of theirs alone goes with a person; one whose own deletion was under way becomes part of theirs. */
async function beginWith(scope: SystemScope, parent: Row, orgId: string, names: string[]): Promise<void> {
  const { db } = scope;
  const now = clock.now();
  await db.erasure.createMany({
    data: {
      id: newId(),
      kind: "organization",
      subjectId: orgId,
      requestedById: parent.requestedById,
      requestedAt: parent.requestedAt,
      dueAt: now,
      // Nobody holds a link to it: its part stands in the parent's certificate.
      undoDigest: hashSecret(newSecret()),
      certificateDigest: hashSecret(newSecret()),
    },
    skipDuplicates: true,
  });
  const child = await db.erasure.findFirst({
    where: { subjectId: orgId, state: { notIn: ["undone", "completed"] } },
  });
  if (!child || child.startedAt) return;
  await db.erasure.updateMany({ where: { id: child.id }, data: { parentId: parent.id, state: "running" } });
  await start(scope, child, names);
}

async function start(scope: SystemScope, row: Row, names: string[]): Promise<Row> {
  const { db } = scope;
  const sought =
    row.kind === "person"
      ? await soughtOfPerson(scope, row.subjectId)
      : await soughtOfOrganization(scope, row.subjectId);
  const found: Sought = sought ?? { ids: [row.subjectId], addresses: [], names: [], mailTo: [] };
  await db.erasureStep.createMany({
    data: names.map((name, position) => ({ erasureId: row.id, position, name })),
  });
  await db.erasure.updateMany({ where: { id: row.id }, data: { startedAt: clock.now(), sought: found } });
  await noteErasure(scope, subjectOf(row), "erasure.started");
  return db.erasure.findUniqueOrThrow({ where: { id: row.id } });
}

const subjectOf = ({ kind, subjectId }: Row): Subject => ({ kind: kind as Kind, subjectId });

// ─── Step by step ───

/** Does what is left of an erasure, in order. @returns false when time is over. */
async function goThrough(run: Run, row: Row): Promise<boolean> {
  const steps = await read(run, ({ db }) =>
    db.erasureStep.findMany({
      where: { erasureId: row.id, finishedAt: null },
      orderBy: { position: "asc" },
    }),
  );
  for (const { erasureId, position, name, cursor } of steps) {
    if (performance.now() > run.until) return false;
    const isDone = await perform(run, row, { erasureId, position, name, cursor: Number(cursor) });
    if (!isDone) return false;
  }
  return true;
}

const at = ({ erasureId, position }: Step) => ({ erasureId_position: { erasureId, position } });

/** Ends a step once, in the transaction of what it did where that was in the database. */
async function finish(
  { db }: SystemScope,
  step: Step,
  done: { count?: number; found?: readonly Finding[] } = {},
): Promise<void> {
  const { count = 0, found } = done;
  const { count: ended } = await db.erasureStep.updateMany({
    where: { ...at(step).erasureId_position, finishedAt: null },
    data: {
      count: { increment: count },
      finishedAt: clock.now(),
      ...(found && { found: found as unknown as object }),
    },
  });
  // The engine called this run twice, and the other call was here first.
  if (ended === 0) throw new ErasureLost();
}

async function perform(run: Run, row: Row, step: Step): Promise<boolean> {
  const [head, table] = step.name.split(":") as [string, string | undefined];
  const ended = (count: number, found?: readonly Finding[]) =>
    transaction(run, step.name, (scope) => finish(scope, step, { count, ...(found && { found }) }));
  const sought = row.sought === null ? null : Sought.parse(row.sought);
  switch (head) {
    case "organizations": {
      const children = await read(run, ({ db }) =>
        db.erasure.findMany({ where: { parentId: row.id }, orderBy: { id: "asc" } }),
      );
      for (const child of children) if (!(await goThrough(run, child))) return false;
      await ended(children.length);
      return true;
    }
    case "billing":
      await endBilling(run, row, step);
      return true;
    case "access":
      await transaction(run, step.name, async (scope) =>
        finish(scope, step, { count: await endAccess(scope, row) }),
      );
      return true;
    case "objects":
      return emptied(run, row, step);
    case "log":
      await transaction(run, step.name, async (scope) => {
        const also = await Promise.all((sought?.addresses ?? []).map((one) => invitationIdsOf(scope, one)));
        const unnamed = { ...scope, actorId: null };
        const count = await eraseDetailOf(unnamed, row.subjectId, { alsoOf: also.flat() });
        await finish(scope, step, { count });
      });
      return true;
    case "rows":
      return eraseRows(run, row, step, table!);
    case "mail":
      for (const [position, to] of (sought?.mailTo ?? []).entries())
        await run.parties.mail({
          id: `${row.id}.${position}`,
          to,
          kind: row.kind as Kind,
          certificateToken: tokenFor("certificate", row.id),
        });
      run.onMoment(step.name, "after_call");
      await ended(sought?.mailTo.length ?? 0);
      return true;
    case "search": {
      const family = await familyOf(run, row);
      const { columns, findings } = await searchTable(run, { row, sought: sought!, table: table!, family });
      await ended(columns, findings);
      return true;
    }
    case "search-objects": {
      const { objects, findings } = await searchObjects(run, sought!);
      await ended(objects, findings);
      return true;
    }
    case "certificate":
      await transaction(run, step.name, (scope) => certify(run, scope, row, step));
      return true;
    default:
      throw new Error(`an erasure has no step ${step.name}`);
  }
}

/** The erasures that still hold what they look for: itself, and whose part it is. */
const familyOf = async (run: Run, row: Row): Promise<string[]> => {
  const rows = await read(run, ({ db }) =>
    db.erasure.findMany({
      where: { OR: [{ id: row.parentId ?? row.id }, { parentId: row.parentId ?? row.id }] },
      select: { id: true },
    }),
  );
  return rows.map(({ id }) => id);
};

/**
 * Ends what is paid for, or sends receipts of theirs to somebody else. How much that is, is counted before it is asked for,
 * and told with the end of the step: asked again after a kill, it is neither counted nor told twice.
 */
async function endBilling(run: Run, row: Row, step: Step): Promise<void> {
  const isOrganization = row.kind === "organization";
  const heirs = async (scope: SystemScope) => {
    const [email] = Sought.parse(row.sought).addresses;
    const payers = email === undefined ? [] : await payersLike(scope, { userId: row.subjectId, email });
    return payers.flatMap(({ orgId, heir }) => (heir === null ? [] : [{ orgId, heir }]));
  };
  await transaction(run, step.name, async (scope) => {
    const cursor = isOrganization ? await paymentsToEnd(scope, row.subjectId) : (await heirs(scope)).length;
    await scope.db.erasureStep.updateMany({
      where: { ...at(step).erasureId_position, startedAt: null },
      data: { cursor, startedAt: clock.now() },
    });
  });
  let customer: string | null = null;
  if (isOrganization) customer = await endPayments(row.subjectId, run.trace);
  else for (const { orgId, heir } of await read(run, heirs)) await redirectReceipts(orgId, heir, run.trace);
  run.onMoment(step.name, "after_call");
  await transaction(run, step.name, async (scope) => {
    const { cursor } = await scope.db.erasureStep.findUniqueOrThrow({ where: at(step) });
    const count = Number(cursor);
    await finish(scope, step, { count });
    if (customer !== null)
      await recordPaymentsEnded(scope, row.subjectId, { customer, subscriptions: count });
  });
}

async function endAccess(scope: SystemScope, { kind, subjectId }: Row): Promise<number> {
  if (kind === "person") {
    const sessions = await endSessionsOf(scope, subjectId);
    const keys = await revokeKeys(scope, { userId: subjectId });
    return sessions + keys + (await cancelJobs(scope, { userId: subjectId }));
  }
  const sessions = await endProgramSessionsOf(scope, subjectId);
  const keys = await revokeKeys(scope, { orgId: subjectId });
  const webhooks = await disableWebhooks(scope, subjectId);
  const jobs = await cancelJobs(scope, { orgId: subjectId });
  // Nobody comes in any more while the rest goes; who writes in a transaction now is waited for by the rows' locks.
  return sessions + keys + webhooks + jobs + (await endMemberships(scope, subjectId));
}

async function emptied(run: Run, row: Row, step: Step): Promise<boolean> {
  const folder = folderOf(subjectOf(row));
  for (let isEmpty = !isObjectStoreThere(); !isEmpty;) {
    const count = await emptyFolder(folder);
    run.onMoment(step.name, "after_call");
    isEmpty = count === 0;
    await transaction(run, step.name, ({ db }) =>
      db.erasureStep.update({
        where: at(step),
        data: { count: { increment: count } },
        select: { name: true },
      }),
    );
    if (!isEmpty && performance.now() > run.until) return false;
  }
  await transaction(run, step.name, (scope) => finish(scope, step));
  return true;
}

const ROWS_AT_ONCE = 500;
/** 16 MB of a table. */
export const PAGES_AT_ONCE = 2_000;

/** Erases a table's rows in batches. Each batch and its count are one transaction: killed, nothing counts twice. */
async function eraseRows(run: Run, row: Row, step: Step, table: string): Promise<boolean> {
  const declared = run.declared.find((one) => one.table === table);
  if (!declared) throw new Error(`nothing is declared of ${table}`);
  const sought = Sought.parse(row.sought);
  const whose = { id: row.subjectId, email: sought.addresses[0] ?? "" };
  const rules = rulesFor(row.kind as Kind, declared).filter(
    // An empty address would be found in every text.
    ({ where }) => whose.email !== "" || !where.includes(":email"),
  );
  const batch = (rule: (typeof rules)[number], pages: Pages) =>
    transaction(run, step.name, async (scope) => {
      const count = await applyRule(scope, { table, rule, whose, pages, limit: ROWS_AT_ONCE });
      if (count > 0)
        await scope.db.erasureStep.update({
          where: at(step),
          data: { count: { increment: count } },
          select: { name: true },
        });
      return count;
    });
  for (const rule of rules.filter(({ everyRow }) => !everyRow))
    while ((await batch(rule, null)) > 0) if (performance.now() > run.until) return false;

  const slow = rules.filter(({ everyRow }) => everyRow);
  const pages = slow.length > 0 ? ((await read(run, (scope) => pagesOf(scope, table))) ?? 0) : 0;
  for (let from = step.cursor; from < pages; from += PAGES_AT_ONCE) {
    for (const rule of slow) while ((await batch(rule, { from, until: from + PAGES_AT_ONCE })) > 0);
    await transaction(run, step.name, ({ db }) =>
      db.erasureStep.update({
        where: at(step),
        data: { cursor: from + PAGES_AT_ONCE },
        select: { name: true },
      }),
    );
    if (from + PAGES_AT_ONCE < pages && performance.now() > run.until) return false;
  }
  await transaction(run, step.name, (scope) => finish(scope, step));
  return true;
}

// ─── The end ───

/** Writes the certificate and forgets what was looked for; where something was left, staff is told and it is kept. */
async function certify(run: Run, scope: SystemScope, row: Row, step: Step): Promise<void> {
  const { db } = scope;
  const children = await db.erasure.findMany({ where: { parentId: row.id }, orderBy: { id: "asc" } });
  const parts: CertificatePart[] = [];
  for (const one of [row, ...children]) {
    const steps = await db.erasureStep.findMany({
      where: { erasureId: one.id },
      orderBy: { position: "asc" },
    });
    const done = steps.map(({ name, count, found }) => ({
      name,
      count: Number(count),
      found: (found ?? []) as Finding[],
    }));
    parts.push(certificatePart(one.kind as Kind, one.subjectId, done, run.declared));
  }
  const completedAt = clock.now();
  const isClean = parts.every(({ search }) => search.isClean);
  const certificate: Certificate = {
    version: 1,
    erasureId: row.id,
    requestedAt: row.requestedAt.toISOString(),
    startedAt: row.startedAt!.toISOString(),
    completedAt: completedAt.toISOString(),
    parts,
    beyond: BEYOND,
  };
  await finish(scope, step, { count: 1 });
  await db.erasure.updateMany({ where: { id: row.id }, data: { certificate } });
  if (!isClean) {
    const left = parts.flatMap(({ search }) => search.findings.filter(({ verdict }) => verdict === "left"));
    logger().error({ erasure_id: row.id, left }, "an erasure has left something");
    await db.erasure.updateMany({ where: { id: row.id }, data: { state: "residue", claimedUntil: null } });
    return;
  }
  const ids = [row.id, ...children.map(({ id }) => id)];
  for (const child of children)
    await db.erasure.updateMany({
      where: { id: child.id },
      data: { certificate: { ...certificate, erasureId: child.id, parts: [] } },
    });
  // A raw statement: Prisma cannot set a JSON column to SQL's null by an update of many at once.
  await db.$executeRaw`
    UPDATE erasure SET state = 'completed', completed_at = ${completedAt}, sought = NULL, claimed_until = NULL
    WHERE id = ANY (${ids}::uuid[])`;
  await noteErasure(scope, subjectOf(row), "erasure.completed", null, { isClean });
}
