import type { Metadata } from "next";
import { ImportPage } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Import" };

export default async function ImportDetail({ params }: Props) {
  const { org, id } = await params;
  return <ImportPage key={id} found={await found(serverApi(org).crm.imports.get({ id }))} />;
}
