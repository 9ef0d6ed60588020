/** Use cases of gdpr that need no more than a transaction: what is under way, what is written down, what is undone. */
import { createHmac } from "node:crypto";
import { clock } from "~/kernel/clock";
import { notFound } from "~/kernel/errors";
import { record } from "~/modules/audit";
import { undoDeletion } from "~/modules/tenancy";
import { hashSecret } from "~/server/auth/secrets";
import { env } from "~/server/config/env";
import { newId } from "~/server/db/ids";
import type { SystemScope } from "~/server/db/with-system";
import { alreadyRequested, exportRunning, nothingToUndo } from "./errors";
import { dueAfter, shownSteps } from "./rules";
import {
  Certificate,
  ErasureState,
  type CertificateView,
  type ErasurePreview,
  type ErasureView,
  type ExportView,
  type Kind,
} from "./schema";

/** What a mail's link holds. Derived, so that a mail can be sent again and nothing that could be used is stored. */
export const tokenFor = (purpose: "undo" | "certificate", erasureId: string): string =>
  createHmac("sha256", env().NEXTAUTH_SECRET).update(`erasure-${purpose}:${erasureId}`).digest("base64url");

export type Subject = { kind: Kind; subjectId: string };
const OPEN = { notIn: ["undone", "completed"] };

/** Writes a request down. @throws gdpr.already_requested */
export async function addErasure(
  { db }: SystemScope,
  { kind, subjectId, requestedById }: Subject & { requestedById: string },
): Promise<{ id: string; dueAt: Date }> {
  const id = newId();
  const requestedAt = clock.now();
  const dueAt = dueAfter(requestedAt);
  const { count } = await db.erasure.createMany({
    data: {
      id,
      kind,
      subjectId,
      requestedById,
      requestedAt,
      dueAt,
      undoDigest: hashSecret(tokenFor("undo", id)),
      certificateDigest: hashSecret(tokenFor("certificate", id)),
    },
    skipDuplicates: true,
  });
  if (count === 0) throw alreadyRequested();
  return { id, dueAt };
}

const ofSubject = ({ kind, subjectId }: Subject) => ({
  type: kind === "person" ? "user" : kind,
  id: subjectId,
});
/** An organization's acts stand in its own log, a person's in the platform's. */
export const whoseLog = ({ kind, subjectId }: Subject) => ({
  orgId: kind === "organization" ? subjectId : null,
});

export const noteErasure = (
  scope: SystemScope,
  subject: Subject,
  action: string,
  actorId: string | null = null,
  after?: Record<string, unknown>,
): Promise<void> =>
  record(
    // Without the client's address: this detail stays when the person is gone.
    { ...scope, trace: { ...scope.trace, address: null }, actorId },
    { action, target: ofSubject(subject), ...(after && { after }) },
    whoseLog(subject),
  );

type Asked = { by: Subject } | { byToken: string };

/**
 * Undoes a request whose deed has not begun, by whoever may or by whoever holds the mail's link: all is as before.
 * @throws gdpr.nothing_to_undo
 */
export async function undoErasure(
  scope: SystemScope,
  asked: Asked,
  actorId: string | null,
): Promise<Subject> {
  const where = "by" in asked ? asked.by : { undoDigest: hashSecret(asked.byToken) };
  const row = await scope.db.erasure.findFirst({
    where: { ...where, state: { in: ["requested", "blocked"] }, parentId: null },
  });
  if (!row) throw nothingToUndo();
  const { count } = await scope.db.erasure.updateMany({
    where: { id: row.id, state: { in: ["requested", "blocked"] } },
    data: { state: "undone", undoneAt: clock.now(), blockedCode: null },
  });
  if (count === 0) throw nothingToUndo();
  const subject: Subject = { kind: row.kind as Kind, subjectId: row.subjectId };
  if (subject.kind === "organization") await undoDeletion(scope, { orgId: row.subjectId, userId: actorId });
  await noteErasure(scope, subject, "erasure.undone", actorId);
  return subject;
}

type Row = NonNullable<Awaited<ReturnType<SystemScope["db"]["erasure"]["findFirst"]>>>;

export async function stepsOf({ db }: SystemScope, erasureId: string) {
  const steps = await db.erasureStep.findMany({ where: { erasureId }, orderBy: { position: "asc" } });
  return shownSteps(
    steps.map(({ name, count, finishedAt }) => ({
      name,
      count: Number(count),
      isDone: finishedAt !== null,
    })),
  );
}

async function viewOf(scope: SystemScope, row: Row): Promise<ErasureView> {
  const { id, kind, state, requestedAt, dueAt, completedAt } = row;
  return {
    id,
    kind: kind as Kind,
    state: ErasureState.parse(state),
    requestedAt,
    dueAt,
    completedAt,
    steps: await stepsOf(scope, id),
  };
}

/** The erasure under way of a person or an organization, if there is one. */
export async function openErasure(scope: SystemScope, subject: Subject): Promise<ErasureView | null> {
  const row = await scope.db.erasure.findFirst({ where: { ...subject, state: OPEN } });
  return row && viewOf(scope, row);
}

/** What a link leads to. Who holds none learns nothing. */
export async function previewByToken(
  { db }: SystemScope,
  purpose: "undo" | "certificate",
  token: string,
): Promise<{ preview: ErasurePreview; row: Row | null }> {
  const digest = hashSecret(token);
  const row = await db.erasure.findFirst({
    where: purpose === "undo" ? { undoDigest: digest } : { certificateDigest: digest },
  });
  const preview = row
    ? { state: ErasureState.parse(row.state), kind: row.kind as Kind, dueAt: row.dueAt }
    : { state: "unknown" as const, kind: null, dueAt: null };
  return { preview, row };
}

export async function certificateByToken(scope: SystemScope, token: string): Promise<CertificateView> {
  const { preview, row } = await previewByToken(scope, "certificate", token);
  return {
    preview,
    steps: row ? await stepsOf(scope, row.id) : [],
    certificate: row?.certificate ? Certificate.parse(row.certificate) : null,
  };
}

// ─── Exports ───

/** Begins an export; one at a time. @throws gdpr.export_running */
export async function addExport(
  { db }: SystemScope,
  { kind, subjectId, requestedById }: Subject & { requestedById: string },
): Promise<string> {
  await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`data-export:${subjectId}`}, 0))::text`;
  if (await db.dataExport.count({ where: { subjectId, state: "running" } })) throw exportRunning();
  const id = newId();
  await db.dataExport.create({
    data: { id, kind, subjectId, requestedById, requestedAt: clock.now() },
    select: { id: true },
  });
  return id;
}

const MOST_SHOWN = 5;
export async function exportsOf({ db }: SystemScope, subject: Subject): Promise<ExportView[]> {
  const rows = await db.dataExport.findMany({
    where: subject,
    orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
    take: MOST_SHOWN,
  });
  return rows.map(({ id, state, requestedAt, expiresAt, rowsWritten, sizeBytes, jobId }) => ({
    id,
    state: state as ExportView["state"],
    requestedAt,
    expiresAt,
    rowsWritten: Number(rowsWritten),
    sizeBytes: Number(sizeBytes),
    jobId,
  }));
}

/** @throws kernel.not_found for somebody else's */
export async function requireExport({ db }: SystemScope, subject: Subject, id: string) {
  const row = await db.dataExport.findFirst({ where: { ...subject, id } });
  if (!row) throw notFound("export");
  return row;
}
