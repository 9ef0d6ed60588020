/** How a procedure is reached below `/api/v1`: declared beside its router, in the slice's room `rest.ts`. */

export const REST_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type RestMethod = (typeof REST_METHODS)[number];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

export type RestRoute = {
  method: RestMethod;
  /** Below `/api/v1`: plural nouns, kebab-case. `{user_id}` is the input's field `userId`. */
  path: `/${string}`;
  /** Name of the group in the documentation: "Companies". */
  tag: string;
  /** What it does, as a verb: "List companies". */
  summary: string;
  /** What the summary leaves open: units, limits, what happens besides. Markdown's paragraphs and `code` only. */
  description?: string;
  /** Name of what it answers, in the document; of one entry where it answers a list. Left out where it answers nothing. */
  answer?: string;
  /** Words for fields of input and answer, by their names on the wire. */
  fields?: Record<string, string>;
  /** A body to send, as the documentation shows it. */
  example?: { [name: string]: Json };
  /** The answer holds a secret that is shown once: where it is kept for an Idempotency-Key, it is kept sealed. */
  hasSecret?: true;
  /** Only for creation; 200 otherwise, 204 where it answers nothing. */
  status?: 201 | 202;
  /** Fields of the input that this route gives itself. */
  fixed?: Record<string, unknown>;
  /** Fields of the input that are not for programs. */
  hidden?: string[];
  /**
   * The procedure that reads the record which this one changes, by its path ("crm.companies.get"); it has a route too. What
   * it answers after the change is the answer here, and its tag is what `If-Match` names.
   */
  record?: string;
  /** Input of `record` from the answer of the change, where the names differ. */
  recordOf?: (answer: Record<string, unknown>) => Record<string, unknown>;
  /**
   * Field of the input that names the version that was edited (the record's own field of that name): a stale one is refused
   * within the transaction, with a code that ends with `.changed_meanwhile`. Without it `If-Match` is compared right before.
   */
  version?: "updatedAt";
  /** Both dates as YYYY-MM-DD (UTC). */
  deprecated?: { since: string; sunset?: string; instead: string };
};
