import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MergePage } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../found";

export const metadata: Metadata = { title: "Merge contacts" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function MergeContacts({ params, searchParams }: Props) {
  const { org } = await params;
  const { first, second } = await searchParams;
  if (typeof first !== "string" || typeof second !== "string" || first === second) notFound();
  const { get } = serverApi(org).crm.contacts;
  const records = await Promise.all([found(get({ id: first })), found(get({ id: second }))]);
  return <MergePage kind="contact" records={records} />;
}
