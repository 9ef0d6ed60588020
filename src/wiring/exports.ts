/** Every list that can be exported. */
import { auditLogExport } from "~/modules/audit";
import { companiesExport, contactsExport, importsExport } from "~/modules/crm";
import { jobsExport } from "~/modules/jobs";
import { invitationsExport, membersExport } from "~/modules/tenancy";
import type { ListExport } from "~/server/csv/list-export";
import { auditTargets } from "./audit-targets";

export const LIST_EXPORTS: readonly ListExport[] = [
  auditLogExport(auditTargets),
  companiesExport,
  contactsExport,
  importsExport,
  invitationsExport,
  jobsExport,
  membersExport,
];
