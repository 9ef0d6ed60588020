import type { Metadata } from "next";
import { ContactPage } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { foundOrMerged } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Contact" };

export default async function ContactDetail({ params }: Props) {
  const { org, id } = await params;
  const contact = await foundOrMerged(
    serverApi(org).crm.contacts.get({ id }),
    (into) => `/o/${org}/contacts/${into}`,
  );
  return <ContactPage key={id} contact={contact} />;
}
