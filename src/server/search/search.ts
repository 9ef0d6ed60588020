/** Asks all that can be searched, at once, within one scope. What there is, wiring says. */
import type { OrgActor } from "~/kernel/actor";
import { may } from "~/kernel/may";
import type { Permission } from "~/kernel/roles";
import { HITS_PER_KIND, type SearchAnswer, type SearchHit } from "~/kernel/search";
import { readTenant, type TenantReadScope } from "~/server/db/with-tenant";
import { logger } from "~/server/observability/logger";

/** What a slice gives, to be found by name. */
export type SearchSource = {
  /** Asked of whoever searches; a source that one may not read finds nothing. */
  permission: Permission;
  /** Best first. `text` is trimmed, two letters or more. */
  find: (scope: TenantReadScope, asked: { text: string; limit: number }) => Promise<SearchHit[]>;
};

/** In the order of the sources. One that fails is left out, and said so; the search stands. */
export async function searchAll(
  actor: OrgActor,
  sources: readonly SearchSource[],
  { text }: { text: string },
): Promise<SearchAnswer> {
  const open = sources.filter(({ permission }) => may(actor, permission));
  const answers = await readTenant(actor, (scope) =>
    Promise.allSettled(open.map(({ find }) => find(scope, { text, limit: HITS_PER_KIND }))),
  );
  const failed = answers.filter((answer) => answer.status === "rejected");
  for (const { reason } of failed) {
    logger().error(
      { err: reason as Error, correlation_id: actor.trace.correlationId },
      "a source of the search failed",
    );
  }
  return {
    hits: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    isPartial: failed.length > 0,
  };
}
