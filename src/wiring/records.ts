/** What an event of a webhook is about, as `/api/v1` answers it: the same shapes by the same names. */
import type { z } from "zod";
import { DomainError } from "~/kernel/errors";
import { companyDetail, contactDetail, importDetail } from "~/modules/crm";
import { Company, Contact, ImportItem } from "~/modules/crm/schema";
import { getJob } from "~/modules/jobs";
import { JobListItem } from "~/modules/jobs/schema";
import type { RecordReader, RecordReaders } from "~/modules/webhooks";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { speak } from "~/server/rest/wire";

/** What is gone meanwhile, or was merged into another, is null; the event says that it was there. */
const reader =
  (shape: z.ZodType, read: (scope: TenantReadScope, id: string) => Promise<unknown>): RecordReader =>
  async (scope, id) => {
    try {
      return speak(shape, shape.parse(await read(scope, id))) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof DomainError && ["not_found", "gone"].includes(error.kind)) return null;
      throw error;
    }
  };

/** What the document calls each of these: the answer of a route of the same shape. */
export const RECORD_ANSWERS: Partial<Record<string, string>> = {
  company: "Company",
  contact: "Contact",
  import: "ImportSummary",
  job: "JobSummary",
};

export const RECORD_READERS: RecordReaders = {
  company: reader(Company, (scope, id) => companyDetail(scope, { id })),
  contact: reader(Contact, (scope, id) => contactDetail(scope, { id })),
  import: reader(ImportItem, (scope, id) => importDetail(scope, { id })),
  job: reader(JobListItem, (scope, id) => getJob(scope, { id })),
};
