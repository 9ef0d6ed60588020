import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { ContactListInput } from "~/modules/crm";
import { ContactsPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";
import { openDefaultView } from "../../default-view";

export const metadata: Metadata = { title: "Contacts" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Contacts({ params, searchParams }: Props) {
  const { org } = await params;
  const asked = await searchParams;
  const input = listInput(ContactListInput, asked);
  const { trpc } = prefetchApi(org);
  const peek = typeof asked.peek === "string" ? asked.peek : null;
  await Promise.all([
    peek && trpc.crm.contacts.get.prefetch({ id: peek }),
    trpc.crm.contacts.list.prefetch(input),
    trpc.crm.contacts.count.prefetch({ search: input.search, owner: input.owner, tag: input.tag }),
    trpc.views.list.prefetch({ list: "contacts" }),
    openDefaultView(org, "contacts", asked),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <ContactsPage />
    </Hydrate>
  );
}
