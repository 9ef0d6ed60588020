/**
 * Where personal data lies, and what becomes of it: said once per slice (its room `privacy.ts`), collected by
 * `wiring/privacy.ts`, and carried out from here by the slice `gdpr`, so that word and deed are one. Tests read the
 * catalogue and fail for a column that could hold something personal, and for a table of anybody's, that stands nowhere.
 *
 * Conditions are SQL over the table's rows `t`. They know `:id` (of the person, or of the organization) and, for a
 * person, `:email` (in lower case).
 */
export type Rule = {
  where: string;
  /** Rows are removed, or columns set to an SQL expression. */
  then: "delete" | { set: Record<string, string> };
  /** No index answers `where`: the table is gone through, a piece at a time. */
  everyRow?: true;
};

/** Law or security wants it; it holds no person's name or address, or says until when it does. */
export type Kept = {
  kept: string;
  until: "ten_years" | "ten_years_whole" | "as_long_as_the_log" | "for_ever";
  /** With `ten_years`: the instant (UTC) whose year counts, as an SQL expression of the row. */
  dated?: string;
  /** Its rows; those of the organization by default. */
  where?: string;
  /** What is emptied in the rows that stay. */
  then?: { set: Record<string, string> };
};
export type Not = { not: string };

export type PrivacyOfTable = {
  /** Column → what personal thing it holds. */
  columns: Record<string, string>;
  /** Whom its rows are about, in words. */
  who: string;
  person: {
    /** What erasing a person does; nothing where the ids below are all there is. */
    erase: Rule[];
    /** Rows that are a person's, or why none is exported to them. */
    export: string | Not;
    /** Columns in which an erased person's id stays, and why: an id that leads to nobody. */
    ids?: Record<string, string>;
  };
  org: { erase: Rule[] | Kept; export: string | Not };
  /** Columns that no export holds: secrets, and digests of them. */
  secret?: string[];
  /** What organizations write down about others. They answer for it, and an account's erasure leaves it alone. */
  others?: string;
};
export type Privacy = { slice: string; tables: Record<string, PrivacyOfTable> };

export const definePrivacy = (slice: string, tables: Record<string, PrivacyOfTable>): Privacy => ({
  slice,
  tables,
});

/** The rows of an organization, where a table names it. */
export const OF_ORG = "t.org_id = :id";
export const deleted = (where: string): Rule => ({ where, then: "delete" });
export const emptied = (where: string, ...columns: string[]): Rule => ({
  where,
  then: { set: Object.fromEntries(columns.map((column) => [column, "NULL"])) },
});

/** Goes with the organization, and is part of its export. */
export const ORGS: PrivacyOfTable["org"] = { erase: [deleted(OF_ORG)], export: OF_ORG };
/** Goes with the organization, and is in no export. */
export const orgsUnexported = (not: string): PrivacyOfTable["org"] => ({
  erase: [deleted(OF_ORG)],
  export: { not },
});
/** Not an organization's. */
export const NOT_ORGS: PrivacyOfTable["org"] = {
  erase: [],
  export: { not: "is a person's, not an organization's" },
};
/** Nothing in it leads to a person, but for ids of who acted. */
export const noPerson = (ids: Record<string, string> = {}): PrivacyOfTable["person"] => ({
  erase: [],
  export: { not: "is the organization's, and part of its export" },
  ids,
});
/** A table of an organization without anything personal in it. */
export const PLAIN: PrivacyOfTable = { columns: {}, who: "nobody", person: noPerson(), org: ORGS };

/** Ten, after the end of the year that counts. */
const KEPT_YEARS = 10;

/**
 * How long what is kept of an organization that is gone is kept. Whole years (UTC) after the end of the one that counts:
 * for `whole`, that of the last of its rows, which go together. Source: § 147 AO, § 257 HGB, of ten years.
 */
export const RETENTION: Record<Kept["until"], { words: string; years: number | null; whole?: true }> = {
  ten_years: {
    words: "until ten years after the end of the year it was made in, as commercial and tax law want it",
    years: KEPT_YEARS,
  },
  ten_years_whole: {
    words:
      "until ten years after the end of the year of the last of them, as commercial and tax law want it; they are one sealed chain, and go together",
    years: KEPT_YEARS,
    whole: true,
  },
  as_long_as_the_log: { words: "as long as the record that it is a link of", years: null },
  for_ever: { words: "for ever", years: null },
};

/** The start (UTC) of the oldest year whose accounts are still kept at `now`: what is dated before it has had its ten years. */
export const keptSince = (now: Date): Date => new Date(Date.UTC(now.getUTCFullYear() - KEPT_YEARS, 0, 1));
