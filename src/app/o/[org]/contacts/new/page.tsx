import type { Metadata } from "next";
import { ContactForm, NEW_CONTACT } from "~/modules/crm/ui";
import { serverApi } from "~/trpc/server";
import { PageHeader } from "~/ui/page-header";
import { found } from "../../found";
import { permitted } from "../../permitted";

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export const metadata: Metadata = { title: NEW_CONTACT.title };

export default async function NewContact({ params, searchParams }: Props) {
  const { org } = await params;
  await permitted(org, "crm.write");
  const { company: id } = await searchParams;
  const company = typeof id === "string" ? await found(serverApi(org).crm.companies.get({ id })) : null;
  return (
    <>
      <PageHeader {...NEW_CONTACT} />
      <ContactForm company={company && { id: company.id, name: company.name }} />
    </>
  );
}
