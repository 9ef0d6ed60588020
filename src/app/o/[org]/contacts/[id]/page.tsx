import type { Metadata } from "next";
import { TIMELINE_SHOWN } from "~/modules/crm";
import { ContactPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi, serverApi } from "~/trpc/server";
import { foundOrMerged } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Contact" };

export default async function ContactDetail({ params }: Props) {
  const { org, id } = await params;
  const contact = await foundOrMerged(
    serverApi(org).crm.contacts.get({ id }),
    (into) => `/o/${org}/contacts/${into}`,
  );
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.timeline.prefetchInfinite({ of: { kind: "contact", id }, limit: TIMELINE_SHOWN }),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <ContactPage key={id} contact={contact} />
    </Hydrate>
  );
}
