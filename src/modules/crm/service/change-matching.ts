/** Acts on all that match a list's filters: at once up to 1,000 records, beyond that as a job of such parts. */
import { clock } from "~/kernel/clock";
import { startJob } from "~/modules/jobs";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { countRecords, matchingIds } from "../queries/lists";
import { batchIds, countBatch } from "../queries/records";
import type { RecordKind } from "../rules";
import type {
  BulkAct,
  BulkChanged,
  ChangeJobInput,
  CompanyMatching,
  ContactMatching,
  MatchingChanged,
} from "../schema";
import { BATCH_ROWS, deleteMany, tagMany, undoPart, untagMany, updateMany } from "./change-many";
import { matchingOf } from "./read-lists";
import { requireMember } from "./require";

const doTo = (
  scope: TenantScope,
  kind: RecordKind,
  act: BulkAct,
  { ids, batchId }: { ids: string[]; batchId: string },
): Promise<BulkChanged> => {
  switch (act.do) {
    case "delete":
      return deleteMany(scope, kind, { ids }, batchId);
    case "own":
      return updateMany(scope, kind, { ids, ownerId: act.ownerId, companyId: undefined }, batchId);
    case "tag":
      return tagMany(scope, kind, { ids, tagId: act.tagId }, batchId);
    case "untag":
      return untagMany(scope, kind, { ids, tagId: act.tagId }, batchId);
  }
};

/**
 * Changes all that match now; what is made while it goes on is left alone.
 * @throws crm.owner_unknown, crm.tag_unknown.
 */
export async function changeMatching(
  scope: TenantScope,
  kind: RecordKind,
  { matching, act }: { matching: CompanyMatching | ContactMatching; act: BulkAct },
): Promise<MatchingChanged> {
  const until = clock.now();
  const of = matchingOf(scope.actor, matching);
  const ids = await matchingIds(scope, kind, { ...of, until, after: null, take: BATCH_ROWS + 1 });
  if (ids.length === 0) return { batchId: newId(), count: 0, jobId: null };
  if (ids.length <= BATCH_ROWS) {
    return { ...(await doTo(scope, kind, act, { ids, batchId: newId() })), jobId: null };
  }
  // Refused now, in words, rather than by a job that fails later.
  if (act.do === "own") await requireMember(scope, act.ownerId);
  const input: ChangeJobInput = { kind, matching, act, until: until.toISOString() };
  const { jobId } = await startJob(scope, {
    taskType: "bulk_change",
    input: JSON.parse(JSON.stringify(input)),
  });
  return { batchId: jobId, count: 0, jobId };
}

/** How many records a job has before it. */
export const countMatching = (scope: TenantReadScope, { kind, matching }: ChangeJobInput) =>
  countRecords(scope, kind, matchingOf(scope.actor, matching));

type Part = { batchId: string; after: string | null };
/** The last record of a part; null when there was none left. */
type PartDone = { after: string | null; rows: number };

/** The next part of what matches, by id. Done again, it finds nothing left to do. */
export async function changePart(
  scope: TenantScope,
  { kind, matching, act, until }: ChangeJobInput,
  { batchId, after }: Part,
): Promise<PartDone> {
  const of = matchingOf(scope.actor, matching);
  const ids = await matchingIds(scope, kind, { ...of, until: new Date(until), after, take: BATCH_ROWS });
  if (ids.length > 0) await doTo(scope, kind, act, { ids, batchId });
  return { after: ids.at(-1) ?? null, rows: ids.length };
}

/** The next part of what an act changed, back. */
export async function undoNextPart(
  scope: TenantScope,
  kind: RecordKind,
  { undone, batchId, after }: Part & { undone: string },
): Promise<PartDone> {
  const ids = await batchIds(scope, { kind, batchId: undone }, { after, take: BATCH_ROWS });
  if (ids.length > 0) await undoPart(scope, kind, { undone, ids }, batchId);
  return { after: ids.at(-1) ?? null, rows: ids.length };
}

/** What came of a job: parts that were done twice after a kill count once. */
export const countChanged = (scope: TenantReadScope, kind: RecordKind, batchId: string) =>
  countBatch(scope, { kind, batchId });
