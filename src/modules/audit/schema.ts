/** What an act looks like when it is written down. */
import { z } from "zod";

/** Values before or after a change. Names of secrets are masked before they are stored. */
export const AuditValues = z.record(z.string(), z.unknown());

export const AuditRecord = z.object({
  /** `noun.verbed`, past tense: `member.role_changed`. */
  action: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  target: z.object({ type: z.string(), id: z.string() }).optional(),
  before: AuditValues.optional(),
  after: AuditValues.optional(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;
