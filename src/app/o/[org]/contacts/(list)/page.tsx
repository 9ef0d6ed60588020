import type { Metadata } from "next";
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
  const { search, owner, sort, after } = await searchParams;
  // An address that was tampered with shows the list as if nothing was asked.
  const asked = ContactListInput.safeParse({ search, owner, sort, cursor: after });
  const input = asked.success ? asked.data : ContactListInput.parse({});
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.contacts.list.prefetch(input),
    trpc.crm.contacts.count.prefetch({ search: input.search, owner: input.owner }),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <ContactsPage input={input} />
    </Hydrate>
  );
}
