/**
 * Where personal data lies, said once per slice (its room `privacy.ts`), collected by `wiring/privacy.ts`. A test reads
 * the catalogue and fails for a column that could hold something personal and stands in no declaration.
 */
export type PrivacyOfTable = {
  /** Column → what personal thing it holds. */
  columns: Record<string, string>;
  /** Column that names the person, or how the person is found when there is none. */
  person: string;
  /** What erasure does with it, in words; the erasure workflow implements the same. */
  onErase: string;
  /** Left out of a person's export, with the reason; by default it is exported. */
  notExported?: string;
};
export type Privacy = { slice: string; tables: Record<string, PrivacyOfTable> };

export const definePrivacy = (slice: string, tables: Record<string, PrivacyOfTable>): Privacy => ({
  slice,
  tables,
});
