/** The audit log below `/api/v1`: read, never written. */
import type { RestRoute } from "~/server/rest/route";

const ENTRY = {
  action: "`noun.verbed`, past tense.",
  actor: "Null for the platform itself; its name is null for somebody who is no member any more.",
  via: "`key:` and the id of the API key; null for a person’s own session.",
  deed: "What was done, in words that follow the actor’s name.",
  before: "Values before the change, secrets masked; null where nothing changed.",
  after: "Values after the change, secrets masked; null where nothing changed.",
  address: "Address of the client; null for work nobody waited for, and once it was erased.",
  is_erased: "The values went with the person they were about. The chain still verifies.",
  seal: "Place in the organization’s chain of hashes; null for the second until it is sealed.",
  "target.path": "Of its page in the dashboard, below `/o/{slug}`; null where it has none.",
  person: "Id of the member who acted, or platform.",
  group: "What it was about.",
  target: "Id of what it was done to.",
  from: "First day, in the organization’s time zone.",
  to: "Last day, in the organization’s time zone.",
  refusals: "only: refused acts alone.",
  search: "A member’s name or mail, words of what was done, or an id.",
};

export const AUDIT_ROUTES = {
  list: {
    method: "GET",
    path: "/audit-entries",
    tag: "Audit log",
    summary: "List audit entries",
    description: "Newest first.",
    answer: "AuditEntry",
    fields: ENTRY,
  },
  entry: {
    method: "GET",
    path: "/audit-entries/{id}",
    tag: "Audit log",
    summary: "Get an audit entry",
    answer: "AuditEntry",
    fields: ENTRY,
  },
} satisfies Record<string, RestRoute>;
