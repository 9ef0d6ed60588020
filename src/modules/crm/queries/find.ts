/** Companies, contacts and imports by name, for the search over everything. */
import type { TenantReadScope } from "~/server/db/with-tenant";

type Found = { id: string; title: string; detail: string | null };
type Asked = { text: string; limit: number };

/** Through the function that may use the index (docs/MULTI_TENANCY.md); those whose name begins so come first. */
export const companiesByName = ({ db }: TenantReadScope, { text, limit }: Asked) =>
  db.$queryRaw<Found[]>`
    SELECT id::text, name AS title, domain AS detail FROM company
    WHERE id IN (SELECT app.search_companies(${text})) AND deleted_at IS NULL
    ORDER BY starts_with(name_key, lower(${text})) DESC, name_key, id LIMIT ${limit}`;

export const contactsByName = ({ db }: TenantReadScope, { text, limit }: Asked) =>
  db.$queryRaw<Found[]>`
    SELECT id::text, concat_ws(' ', first_name, last_name) AS title, email AS detail FROM contact
    WHERE id IN (SELECT app.search_contacts(${text})) AND deleted_at IS NULL
    ORDER BY starts_with(lower(concat_ws(' ', first_name, last_name)), lower(${text})) DESC, name_key, id LIMIT ${limit}`;

/** The latest first: an organization has few, so they are looked through. */
export const importsByFileName = ({ db }: TenantReadScope, { text, limit }: Asked) =>
  db.import.findMany({
    where: {
      fileName: { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" },
      status: { not: "discarded" },
    },
    orderBy: { id: "desc" },
    take: limit,
    select: { id: true, fileName: true },
  });
