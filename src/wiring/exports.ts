/** Every list that can be exported. */
import { companiesExport, contactsExport, importsExport } from "~/modules/crm";
import { jobsExport } from "~/modules/jobs";
import { invitationsExport, membersExport } from "~/modules/tenancy";
import type { ListExport } from "~/server/csv/list-export";

export const LIST_EXPORTS: readonly ListExport[] = [
  companiesExport,
  contactsExport,
  importsExport,
  invitationsExport,
  jobsExport,
  membersExport,
];
