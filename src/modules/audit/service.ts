import { createHash, randomBytes } from "node:crypto";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import type { SystemScope } from "~/server/db/with-system";
import type { UserScope } from "~/server/db/with-user";
import { canonicalJson, maskSecrets } from "./rules";
import { AuditRecord } from "./schema";

type AnyScope = TenantScope | UserScope | SystemScope;

/** For system scopes, which belong to no organization and may act for somebody they name. */
type Subject = { orgId?: string | null; actorId?: string | null };

/**
 * Writes one act down, in the scope's own transaction. In a tenant scope the entry is the organization's, in a user
 * scope the person's own; a system scope says whose by `subject`.
 */
export async function record(scope: AnyScope, input: AuditRecord, subject: Subject = {}): Promise<void> {
  const { action, target, before, after } = AuditRecord.parse(input);
  const { orgId, actorId, trace } = whose(scope, subject);
  const id = newId();
  const createdAt = new Date();
  const values = { address: trace.address, before: maskSecrets(before), after: maskSecrets(after) };
  const salt = randomBytes(16).toString("hex");
  // Through JSON first: what is stored has no undefined and no Date, and the digest must cover what is stored.
  const detail = JSON.parse(canonicalJson(values)) as object;
  const detailDigest = sha256(salt + canonicalJson(detail));
  const entry = {
    id,
    orgId,
    actorId,
    action,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    correlationId: trace.correlationId,
    createdAt,
    detailDigest,
  };
  const hash = sha256(canonicalJson({ ...entry, createdAt: createdAt.toISOString() }));
  await scope.db.auditEntry.createMany({ data: { ...entry, hash } });
  await scope.db.auditDetail.createMany({ data: { entryId: id, orgId, actorId, salt, detail } });
}

function whose(scope: AnyScope, subject: Subject) {
  switch (scope.kind) {
    case "tenant":
      return { orgId: scope.actor.orgId, actorId: scope.actor.userId, trace: scope.actor.trace };
    case "user":
      return { orgId: null, actorId: scope.actor.userId, trace: scope.actor.trace };
    case "system":
      return { orgId: subject.orgId ?? null, actorId: subject.actorId ?? scope.actorId, trace: scope.trace };
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
