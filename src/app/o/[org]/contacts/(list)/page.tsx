import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ContactListInput } from "~/modules/crm";
import { ContactsPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Contacts" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Contacts({ params, searchParams }: Props) {
  const { org } = await params;
  const input = listInput(ContactListInput, await searchParams);
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.contacts.list.prefetch(input),
    trpc.crm.contacts.count.prefetch({ search: input.search, owner: input.owner }),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <ContactsPage />
    </Hydrate>
  );
}
