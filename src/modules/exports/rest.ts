/** Exports below `/api/v1`: a list on its way into a CSV file. */
import type { RestRoute } from "~/server/rest/route";

const EXPORT = {
  list: "companies, contacts, imports, invitations, jobs or members.",
  asked: "Search, filters and order, named as in the address of the list’s page.",
  job_id: "The job that writes the file.",
  expires_at: "The file can be fetched until then; null while it is written.",
};

export const EXPORT_ROUTES = {
  start: {
    method: "POST",
    path: "/exports",
    tag: "Exports",
    summary: "Export a list",
    description: "Starts a job that writes a CSV file. It is kept for 7 days.",
    status: 201,
    record: "exports.get",
    answer: "Export",
    fields: EXPORT,
    example: { list: "companies", asked: { country: "DE" } },
  },
  get: {
    method: "GET",
    path: "/exports/{id}",
    tag: "Exports",
    summary: "Get an export",
    answer: "Export",
    fields: EXPORT,
  },
  download: {
    method: "POST",
    path: "/exports/{id}/download",
    tag: "Exports",
    summary: "Get a link to the file",
    description:
      "Good for 5 minutes, and made anew as often as it is asked for. Each link is written into the audit log.",
    answer: "Download",
  },
} satisfies Record<string, RestRoute>;
