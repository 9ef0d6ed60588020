import type { Metadata } from "next";
import { ContactForm } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { PageHeader } from "~/ui/page-header";
import { found } from "../../../found";
import { permitted } from "../../../permitted";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Edit contact" };

export default async function EditContact({ params }: Props) {
  const { org, id } = await params;
  await permitted(org, "crm.write");
  const contact = await found(serverApi(org).crm.contacts.get({ id }));
  return (
    <>
      <PageHeader title="Edit contact" />
      <ContactForm contact={contact} />
    </>
  );
}
