/** The log as a file: what the page's address asks for. */
import { defineListExport, type ListExport } from "~/server/csv/list-export";
import { AuditListInput } from "../schema";
import { listEntries, type AuditTargets } from "./read-log";

const json = (values: Record<string, unknown> | null): string | null => values && JSON.stringify(values);

export const auditLogExport = (targets: AuditTargets): ListExport =>
  defineListExport({
    list: "audit",
    permission: "audit.read",
    input: AuditListInput,
    page: (scope, input) => listEntries(scope, input, targets),
    columns: [
      { label: "At", cell: ({ at }) => at },
      { label: "Who", cell: ({ actor }) => (actor ? actor.name : "Platform") },
      { label: "What", cell: ({ deed }) => deed },
      { label: "Action", cell: ({ action }) => action },
      { label: "Target type", cell: ({ target }) => target?.type },
      { label: "Target", cell: ({ target }) => target?.label },
      { label: "Before", cell: ({ before }) => json(before) },
      { label: "After", cell: ({ after }) => json(after) },
      { label: "Address", cell: ({ address }) => address },
      { label: "By", cell: ({ via }) => via },
      { label: "Person id", cell: ({ actor }) => actor?.id },
      { label: "Target id", cell: ({ target }) => target?.id },
      { label: "Correlation id", cell: ({ correlationId }) => correlationId },
      { label: "Entry id", cell: ({ id }) => id },
      { label: "Seal", cell: ({ seal }) => seal?.seq },
      { label: "Seal hash", cell: ({ seal }) => seal?.hash },
    ],
    record: ({ deed: _words, isRefusal: _kind, target, ...entry }) => ({
      ...entry,
      target: target && { type: target.type, id: target.id, label: target.label },
    }),
  });
