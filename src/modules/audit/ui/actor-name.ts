import type { AuditItem } from "../schema";

/** Who did it, as a sentence begins. */
export const actorName = ({ actor }: Pick<AuditItem, "actor">): string =>
  actor === null ? "The platform" : (actor.name ?? "Somebody who is no member now");
