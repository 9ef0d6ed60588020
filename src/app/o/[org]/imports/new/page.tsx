import type { Metadata } from "next";
import { ImportEntity } from "~/modules/crm";
import { NewImportPage } from "~/modules/crm/ui";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Import a file" };

export default async function NewImport({ searchParams }: Props) {
  const entity = ImportEntity.safeParse((await searchParams).entity);
  return <NewImportPage entity={entity.data} />;
}
