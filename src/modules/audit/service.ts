import { randomBytes } from "node:crypto";
import { sha256 } from "~/server/chain/links";
import { newId, type TenantScope } from "~/server/db/with-tenant";
import type { SystemScope } from "~/server/db/with-system";
import type { UserScope } from "~/server/db/with-user";
import { canonicalJson, detailText, entryText, maskSecrets, viaOf } from "./rules";
import { AuditRecord } from "./schema";

type AnyScope = TenantScope | UserScope | SystemScope;

/** For system scopes, which belong to no organization and may act for somebody they name. */
type Subject = { orgId?: string | null; actorId?: string | null; via?: string | null };

/**
 * Writes one act down, in the scope's own transaction. In a tenant scope the entry is the organization's, in a user
 * scope the person's own; a system scope says whose by `subject`.
 */
export async function record(scope: AnyScope, input: AuditRecord, subject: Subject = {}): Promise<void> {
  const { action, target, before, after } = AuditRecord.parse(input);
  const { orgId, actorId, via, trace } = whose(scope, subject);
  const id = newId();
  const values = { address: trace.address, before: maskSecrets(before), after: maskSecrets(after) };
  const salt = randomBytes(16).toString("hex");
  // Through JSON first: what is stored has no undefined and no Date, and the digest must cover what is stored.
  const detail = JSON.parse(canonicalJson(values)) as object;
  const entry = {
    id,
    orgId,
    actorId,
    action,
    targetType: target?.type ?? null,
    targetId: target?.id ?? null,
    correlationId: trace.correlationId,
    createdAt: new Date(),
    detailDigest: sha256(detailText(salt, detail)),
    via,
  };
  await scope.db.auditEntry.createMany({ data: { ...entry, hash: sha256(entryText(entry)) } });
  await scope.db.auditDetail.createMany({ data: { entryId: id, orgId, actorId, salt, detail } });
}

function whose(scope: AnyScope, subject: Subject) {
  switch (scope.kind) {
    case "tenant": {
      const { actor } = scope;
      return { orgId: actor.orgId, actorId: actor.userId, via: viaOf(actor), trace: actor.trace };
    }
    case "user":
      return { orgId: null, actorId: scope.actor.userId, via: null, trace: scope.actor.trace };
    case "system":
      return {
        orgId: subject.orgId ?? null,
        actorId: subject.actorId ?? scope.actorId,
        via: subject.via ?? null,
        trace: scope.trace,
      };
  }
}
