/** What gdpr has the engine do. Ids only. */
import { z } from "zod";

/** An erasure whose time has come, or goes on. `dispatch` tells its runs apart. */
export const ERASURE_DUE = "gdpr/erasure.due";
export const ErasureDue = z.object({ erasureId: z.uuid(), dispatch: z.int().positive() });
export type ErasureDue = z.infer<typeof ErasureDue>;

/** A person's export to be written. */
export const EXPORT_DUE = "gdpr/export.due";
export const ExportDue = z.object({ exportId: z.uuid(), attempt: z.int().positive() });
export type ExportDue = z.infer<typeof ExportDue>;
