/** What entries of the audit log are about: the names of things as they are now, and where each has its page. */
import { targetKey, type AuditTargets } from "~/modules/audit";
import type { TenantReadScope } from "~/server/db/with-tenant";

type Found = { label: string | null; path: string | null };
type Look = (scope: TenantReadScope, ids: string[]) => Promise<Map<string, Found>>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const byId = <Row extends { id: string }>(rows: Row[], face: (row: Row) => Found): Map<string, Found> =>
  new Map(rows.map((row) => [row.id, face(row)]));

/** Each asks for all its ids at once, through the tenant's own scope: another one's thing has no name. */
const LOOKS: Record<string, Look> = {
  user: async ({ db, actor }, ids) => {
    const rows = await db.membership.findMany({
      where: { orgId: actor.orgId, userId: { in: ids } },
      select: { userId: true, userName: true, userEmail: true },
    });
    return new Map(
      rows.map(({ userId, userName, userEmail }) => [
        userId,
        { label: userName || userEmail, path: "/members" },
      ]),
    );
  },
  company: async ({ db, actor }, ids) =>
    byId(
      await db.company.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, name: true },
      }),
      ({ id, name }) => ({ label: name, path: `/companies/${id}` }),
    ),
  contact: async ({ db, actor }, ids) =>
    byId(
      await db.contact.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, firstName: true, lastName: true, email: true },
      }),
      ({ id, firstName, lastName, email }) => ({
        label: [firstName, lastName].filter(Boolean).join(" ") || email,
        path: `/contacts/${id}`,
      }),
    ),
  tag: async ({ db, actor }, ids) =>
    byId(
      await db.tag.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, name: true },
      }),
      ({ name }) => ({ label: name, path: "/tags" }),
    ),
  import: async ({ db, actor }, ids) =>
    byId(
      await db.import.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, fileName: true },
      }),
      ({ id, fileName }) => ({ label: fileName, path: `/imports/${id}` }),
    ),
  export: async ({ db, actor }, ids) =>
    byId(
      await db.export.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, fileName: true, jobId: true },
      }),
      ({ fileName, jobId }) => ({ label: fileName, path: `/jobs/${jobId}` }),
    ),
  job: async ({ db, actor }, ids) =>
    byId(
      await db.job.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, taskType: true },
      }),
      ({ id, taskType }) => ({ label: taskType, path: `/jobs/${id}` }),
    ),
  invitation: async ({ db, actor }, ids) =>
    byId(
      await db.invitation.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, email: true },
      }),
      ({ email }) => ({ label: email, path: "/members/invitations" }),
    ),
  key: async ({ db, actor }, ids) =>
    byId(
      await db.apiKey.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, name: true },
      }),
      ({ name }) => ({ label: name, path: "/settings/api-keys" }),
    ),
  // Its host alone: what stands behind it may be meant for the receiver only.
  webhook: async ({ db, actor }, ids) =>
    byId(
      await db.webhookEndpoint.findMany({
        where: { orgId: actor.orgId, id: { in: ids } },
        select: { id: true, url: true },
      }),
      ({ id, url }) => ({ label: URL.parse(url)?.host ?? null, path: `/settings/webhooks/${id}` }),
    ),
  organization: async ({ db, actor }, ids) =>
    byId(
      await db.organization.findMany({
        where: { id: { in: ids.filter((id) => id === actor.orgId) } },
        select: { id: true, name: true },
      }),
      ({ name }) => ({ label: name, path: "/settings" }),
    ),
};

export const auditTargets: AuditTargets = async (scope, wanted) => {
  const idsOf = new Map<string, Set<string>>();
  for (const { type, id } of wanted)
    if (type in LOOKS && UUID.test(id)) idsOf.set(type, (idsOf.get(type) ?? new Set()).add(id));
  const found = await Promise.all(
    [...idsOf].map(async ([type, ids]) => [type, await LOOKS[type]!(scope, [...ids])] as const),
  );
  return new Map(
    found.flatMap(([type, faces]) => [...faces].map(([id, face]) => [targetKey({ type, id }), face])),
  );
};
