/** Asking for an export, fetching it, and removing it when its time is over. */
import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import type { Privacy } from "~/kernel/privacy";
import { record } from "~/modules/audit";
import { startJob, type JobRun } from "~/modules/jobs";
import { newId } from "~/server/db/ids";
import { readSystem, withSystem } from "~/server/db/with-system";
import { withTenant } from "~/server/db/with-tenant";
import { inngest } from "~/server/events/inngest";
import { inTurn } from "~/server/events/sweeper";
import { logger } from "~/server/observability/logger";
import { deleteObject, presignDownload } from "~/server/outbound/object-store";
import { mailExportReady, type ExportReadyMail } from "../adapters/mail";
import { exportGone } from "../errors";
import { EXPORT_DUE, type ExportDue } from "../events";
import { organizationRow, personRow } from "../queries/system";
import { CLAIM_MS, exportFileName, exportPath } from "../rules";
import { addExport, requireExport, whoseLog, type Subject } from "../service";
import { finishExport, folderOf, writeArchive } from "./write-export";

const personOf = ({ userId }: UserActor): Subject => ({ kind: "person", subjectId: userId });
const organizationOf = ({ orgId }: OrgActor): Subject => ({ kind: "organization", subjectId: orgId });

/** Begins an export of everything about the person. @throws gdpr.export_running */
export async function exportPerson(actor: UserActor): Promise<{ id: string; jobId: null }> {
  const { userId, trace } = actor;
  const id = await withSystem({ reason: "a person exports", trace, actorId: userId }, async (scope) => {
    const id = await addExport(scope, { ...personOf(actor), requestedById: userId });
    await record(scope, { action: "data_export.started", target: { type: "data_export", id } });
    return id;
  });
  await sendDueExports();
  return { id, jobId: null };
}

/** Begins an export of everything of the organization, as one of its jobs. @throws gdpr.export_running */
export async function exportOrganization(actor: OrgActor): Promise<{ id: string; jobId: string }> {
  const { orgId, userId, trace } = actor;
  const id = await withSystem(
    { reason: "an organization exports", trace, actorId: userId },
    async (scope) => {
      const id = await addExport(scope, { ...organizationOf(actor), requestedById: userId! });
      await record(scope, { action: "data_export.started", target: { type: "data_export", id } }, { orgId });
      return id;
    },
  );
  try {
    const { jobId } = await withTenant(actor, (scope) =>
      startJob(scope, { taskType: "data-export", input: { exportId: id } }),
    );
    await withSystem({ reason: "an export has its job", trace }, ({ db }) =>
      db.dataExport.updateMany({ where: { id }, data: { jobId } }),
    );
    return { id, jobId };
  } catch (error) {
    await endExport(id, "failed", trace);
    throw error;
  }
}

const endExport = (id: string, state: "failed" | "expired", trace: Trace) =>
  withSystem({ reason: `an export is ${state}`, trace }, ({ db }) =>
    db.dataExport.updateMany({ where: { id }, data: { state, claimedUntil: null, uploadId: null } }),
  );

/** A link that downloads the file, good for 5 minutes; made anew at each click. @throws gdpr.export_gone */
export async function downloadExport(
  actor: UserActor | OrgActor,
  { id }: { id: string },
): Promise<{ url: string }> {
  const subject = actor.kind === "user" ? personOf(actor) : organizationOf(actor);
  const row = await withSystem(
    { reason: "fetch an export", trace: actor.trace, actorId: actor.userId },
    async (scope) => {
      const row = await requireExport(scope, subject, id);
      if (row.state !== "finished" || (row.expiresAt && row.expiresAt <= clock.now())) throw exportGone();
      await record(
        scope,
        { action: "data_export.downloaded", target: { type: "data_export", id } },
        whoseLog(subject),
      );
      return row;
    },
  );
  const name = exportFileName(subject.kind, row.requestedAt);
  return { url: await presignDownload({ ...folderOf(subject), path: exportPath(id) }, name) };
}

type Told = { privacy: readonly Privacy[]; mail?: (mail: ExportReadyMail) => Promise<void> };

/** The organization's job. Its one step writes the whole archive; killed, it is written anew. */
export async function runOrganizationExport(
  job: JobRun<{ exportId: string }>,
  { privacy, mail = mailExportReady }: Told,
) {
  const { exportId } = job.input;
  const { orgId, trace } = job.actor;
  const subject: Subject = { kind: "organization", subjectId: orgId };
  // Any member may start jobs by name; an export is the owner's who asked for it.
  const asked = await readSystem({ reason: "whose export", trace }, ({ db }) =>
    db.dataExport.count({
      where: { ...subject, id: exportId, requestedById: job.actor.userId ?? "", state: "running" },
    }),
  );
  if (asked === 0) throw notFound("export");
  const done = await job.step("write", async (step) => {
    let told = 0;
    const archive = await writeArchive({
      exportId,
      subject,
      privacy,
      trace,
      signal: step.signal,
      onRows: async (rows) => {
        if (rows - told < PROGRESS_ROWS) return;
        told = rows;
        await step.transaction((scope) =>
          step.progress(scope, { done: rows, note: `${rows.toLocaleString("en")} rows written` }),
        );
      },
    });
    await finishExport({ exportId, trace }, archive);
    return { rows: archive.rows, bytes: archive.sizeBytes };
  });
  await job.step("mail", async () => {
    await tellReady(exportId, subject, trace, mail);
    return { mails: 1 };
  });
  return done;
}
/** The page hears of each so many rows, and a run that lost its lease ends there. */
const PROGRESS_ROWS = 2_000;

/** Writes a person's export. @returns what became of it. */
export async function runPersonExport(
  { exportId, attempt }: ExportDue,
  trace: Trace,
  { privacy, mail = mailExportReady }: Told,
): Promise<"written" | "lost"> {
  const claim = async () => {
    const claimedUntil = new Date(clock.now().getTime() + CLAIM_MS);
    const { count } = await withSystem({ reason: "write a person's export", trace }, ({ db }) =>
      db.dataExport.updateMany({
        where: { id: exportId, state: "running", attempts: attempt },
        data: { claimedUntil },
      }),
    );
    return count > 0;
  };
  if (!(await claim())) return "lost";
  const row = await readSystem({ reason: "whose export", trace }, ({ db }) =>
    db.dataExport.findUniqueOrThrow({ where: { id: exportId } }),
  );
  const subject: Subject = { kind: "person", subjectId: row.subjectId };
  const archive = await writeArchive({
    exportId,
    subject,
    privacy,
    trace,
    onRows: async (rows) => {
      if (!(await claim())) throw new Error("another run writes this export");
      await withSystem({ reason: "how far an export is", trace }, ({ db }) =>
        db.dataExport.updateMany({ where: { id: exportId }, data: { rowsWritten: rows } }),
      );
    },
  });
  await finishExport({ exportId, trace }, archive);
  await tellReady(exportId, subject, trace, mail);
  return "written";
}

async function tellReady(
  exportId: string,
  subject: Subject,
  trace: Trace,
  mail: (mail: ExportReadyMail) => Promise<void>,
): Promise<void> {
  const told = await readSystem({ reason: "whom to tell of an export", trace }, async (scope) => {
    const row = await scope.db.dataExport.findUnique({ where: { id: exportId } });
    const person = row && (await personRow(scope, row.requestedById));
    const org = subject.kind === "organization" ? await organizationRow(scope, subject.subjectId) : null;
    return row?.expiresAt && person ? { to: person.email, expiresAt: row.expiresAt, org } : null;
  });
  if (told)
    await mail({
      id: exportId,
      to: told.to,
      expiresAt: told.expiresAt,
      organization: told.org && { name: told.org.name, slug: told.org.slug },
    });
}

const MOST_TRIES = 4;
const LIMIT = 100;

/** Sends what is to be written to the engine; what was tried often enough has failed. @returns how many went. */
export async function sendDueExports(): Promise<number> {
  const due =
    (await inTurn("due exports", async ({ db }) => {
      const now = clock.now();
      const waiting = { state: "running", OR: [{ claimedUntil: null }, { claimedUntil: { lt: now } }] };
      await db.dataExport.updateMany({
        where: { ...waiting, kind: "person", attempts: { gte: MOST_TRIES } },
        data: { state: "failed", claimedUntil: null },
      });
      const rows = await db.dataExport.findMany({ where: { ...waiting, kind: "person" }, take: LIMIT });
      for (const { id } of rows)
        await db.dataExport.updateMany({
          where: { id },
          data: { attempts: { increment: 1 }, claimedUntil: new Date(now.getTime() + CLAIM_MS) },
        });
      return rows.map(({ id, attempts }) => ({ exportId: id, attempt: attempts + 1 }));
    })) ?? [];
  for (const data of due) await send(EXPORT_DUE, `export-due:${data.exportId}:${data.attempt}`, data);
  return due.length;
}

/** An engine that does not answer hears of it again when the claim is over. */
export async function send(name: string, id: string, data: Record<string, unknown>): Promise<void> {
  try {
    await inngest().send({ id, name, data });
  } catch (error) {
    logger().warn({ err: error, event: name }, "the engine did not take an event; sent again later");
  }
}

/** Exports of organizations whose job failed or was cancelled, and files whose time is over. @returns how many ended. */
export async function endExports(): Promise<number> {
  const trace = { correlationId: newId(), address: null };
  const now = clock.now();
  const { dead, expired } = await readSystem({ reason: "find ended exports", trace }, async ({ db }) => {
    const running = await db.dataExport.findMany({
      where: { state: "running", kind: "organization", jobId: { not: null } },
      take: LIMIT,
    });
    const jobs = await db.job.findMany({
      where: {
        id: { in: running.map(({ jobId }) => jobId!) },
        status: { in: ["FAILED", "CANCELLED"] },
      },
      select: { id: true },
    });
    const over = new Set(jobs.map(({ id }) => id));
    return {
      dead: running.filter(({ jobId }) => over.has(jobId!)),
      expired: await db.dataExport.findMany({
        where: { state: "finished", expiresAt: { lte: now } },
        take: LIMIT,
      }),
    };
  });
  for (const { id } of dead) await endExport(id, "failed", trace);
  for (const { id, kind, subjectId } of expired) {
    await deleteObject({ ...folderOf({ kind: kind as Subject["kind"], subjectId }), path: exportPath(id) });
    await endExport(id, "expired", trace);
  }
  return dead.length + expired.length;
}
