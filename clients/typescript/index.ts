/**
 * Tenantry's API, typed from its OpenAPI document:
 * `const { data, error } = await tenantry({ key }).GET("/api/v1/companies", { params: { query: { limit: 10 } } })`.
 */
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema";

export type Problem = components["schemas"]["Problem"];
export type Schemas = components["schemas"];

export type Options = {
  /** A key of the organization, `tnt_live_…`; or a person's session token, with `organization`. */
  key: string;
  /** Where Tenantry runs: "https://app.example.com". */
  baseUrl: string;
  /** Slug of the organization; a key knows its own. */
  organization?: string;
  /** In place of the runtime's own. */
  fetch?: (request: Request) => Promise<Response>;
};

/** A client; each call answers `data` or `error` (a `Problem`), and the `response` with its headers. */
export const tenantry = ({ key, baseUrl, organization, fetch }: Options): Client<paths> =>
  createClient<paths>({
    baseUrl,
    ...(fetch && { fetch }),
    headers: {
      Authorization: `Bearer ${key}`,
      ...(organization !== undefined && { "X-Tenantry-Org": organization }),
    },
  });
