/** Erasures as the platform's staff see them, and what they may do with one that waits for them. */
import { notFound } from "~/kernel/errors";
import type { SystemScope } from "~/server/db/with-system";
import { namesSubject, notWaiting } from "../errors";
import { standingsOf } from "../queries/system";
import { seenIn, sortStandings } from "../rules";
import {
  Certificate,
  ErasureState,
  Sought,
  type ErasureSeen,
  type ErasureSeenWhole,
  type Kind,
} from "../schema";
import { stepsOf, tokenFor } from "../service";

type Row = NonNullable<Awaited<ReturnType<SystemScope["db"]["erasure"]["findFirst"]>>>;
type Wanted = {
  states: readonly ErasureState[];
  /** The last one shown: those due before it follow. */
  after: { at: Date; id: string } | null;
  take: number;
};

/** Those in one of these states, the latest due first. What goes with a person stands within theirs. */
export async function erasuresSeen(
  scope: SystemScope,
  { states, after, take }: Wanted,
): Promise<ErasureSeen[]> {
  const rows = await scope.db.erasure.findMany({
    where: {
      state: { in: [...states] },
      parentId: null,
      ...(after && {
        OR: [{ dueAt: { lt: after.at } }, { dueAt: after.at, id: { lt: after.id } }],
      }),
    },
    orderBy: [{ dueAt: "desc" }, { id: "desc" }],
    take,
  });
  return seen(scope, rows);
}

/** One of them with how far it is. @throws kernel.not_found */
export async function erasureSeen(scope: SystemScope, id: string): Promise<ErasureSeenWhole> {
  const row = await scope.db.erasure.findFirst({ where: { id, parentId: null } });
  if (!row) throw notFound("deletion");
  const [one] = await seen(scope, [row]);
  return { ...one!, steps: await stepsOf(scope, id) };
}

async function seen(scope: SystemScope, rows: Row[]): Promise<ErasureSeen[]> {
  const idsOf = (kind: Kind) => rows.filter((row) => row.kind === kind).map(({ subjectId }) => subjectId);
  const { db } = scope;
  const [people, organizations, searched] = await Promise.all([
    db.user.findMany({
      where: { id: { in: idsOf("person") } },
      select: { id: true, name: true, email: true },
    }),
    db.organization.findMany({
      where: { id: { in: idsOf("organization") } },
      select: { id: true, name: true },
    }),
    db.erasureStep.findMany({
      where: { erasureId: { in: rows.map(({ id }) => id) }, name: "certificate" },
      select: { erasureId: true, finishedAt: true },
    }),
  ]);
  const names = new Map([
    ...people.map(({ id, name, email }) => [id, name || email] as const),
    ...organizations.map(({ id, name }) => [id, name] as const),
  ]);
  const searchedAt = new Map(searched.map(({ erasureId, finishedAt }) => [erasureId, finishedAt]));
  return Promise.all(
    rows.map(async (row): Promise<ErasureSeen> => {
      const state = ErasureState.parse(row.state);
      const { id, subjectId, requestedAt, dueAt, completedAt } = row;
      return {
        ...{ id, subjectId, state, requestedAt, dueAt, completedAt },
        kind: row.kind as Kind,
        // A nameless row of an organization that went stays, for what hangs on it.
        name: (completedAt ? null : names.get(subjectId)) || null,
        waitsSince: state === "residue" ? (searchedAt.get(id) ?? dueAt) : state === "blocked" ? dueAt : null,
        left: state === "residue" ? leftOf(row) : [],
        inTheWay: state === "blocked" ? await inTheWayOf(scope, row) : [],
        certificatePath: state === "completed" ? `/erasure/certificate/${tokenFor("certificate", id)}` : null,
      };
    }),
  );
}

const leftOf = ({ certificate }: Row): ErasureSeen["left"] =>
  certificate
    ? Certificate.parse(certificate).parts.flatMap(({ search }) =>
        search.findings.filter(({ verdict }) => verdict === "left"),
      )
    : [];

const inTheWayOf = async (scope: SystemScope, { subjectId }: Row): Promise<ErasureSeen["inTheWay"]> =>
  sortStandings(await standingsOf(scope, subjectId)).handOverFirst.map(({ orgId, slug, name }) => ({
    id: orgId,
    ...{ slug, name },
  }));

/** How many wait for staff, and how many for somebody to hand an organization over. */
export async function countWaiting({ db }: SystemScope): Promise<{ residue: number; blocked: number }> {
  const [residue, blocked] = await Promise.all(
    (["residue", "blocked"] as const).map((state) => db.erasure.count({ where: { state, parentId: null } })),
  );
  return { residue: residue!, blocked: blocked! };
}

/**
 * Has an erasure that left something search again, after staff mended why; the sweep takes it up. `reason` stays in the log
 * when whom it is about is gone.
 * @throws kernel.not_found, gdpr.not_waiting, gdpr.names_subject
 */
export async function searchAgain(
  { db }: SystemScope,
  erasureId: string,
  reason: string,
): Promise<{ kind: Kind }> {
  const row = await db.erasure.findFirst({ where: { id: erasureId, parentId: null } });
  if (!row) throw notFound("deletion");
  if (row.state === "residue" && seenIn(reason, Sought.parse(row.sought)).length > 0) throw namesSubject();
  const { count } = await db.erasure.updateMany({
    where: { id: erasureId, state: "residue" },
    data: { state: "running", claimedUntil: null },
  });
  if (count === 0) throw notWaiting();
  await db.erasureStep.updateMany({
    where: {
      OR: [{ erasureId }, { erasure: { parentId: erasureId } }],
      NOT: { name: { in: ["billing", "access", "log", "mail"] } },
    },
    data: { finishedAt: null, cursor: 0 },
  });
  // Searches count anew; what was erased before stays counted.
  await db.erasureStep.updateMany({
    where: {
      OR: [{ erasureId }, { erasure: { parentId: erasureId } }],
      AND: [{ OR: [{ name: { startsWith: "search" } }, { name: "certificate" }, { name: "organizations" }] }],
    },
    data: { count: 0 },
  });
  return { kind: row.kind as Kind };
}
