import type { Metadata } from "next";
import { DuplicatesInput } from "~/modules/crm";
import { DuplicatesPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Duplicate contacts" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DuplicateContacts({ params, searchParams }: Props) {
  const { org } = await params;
  const { after } = await searchParams;
  const asked = DuplicatesInput.safeParse({ by: "name", cursor: after });
  const input = asked.success ? asked.data : DuplicatesInput.parse({ by: "name" });
  await prefetchApi(org).trpc.crm.contacts.duplicates.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <DuplicatesPage kind="contact" input={input} />
    </Hydrate>
  );
}
