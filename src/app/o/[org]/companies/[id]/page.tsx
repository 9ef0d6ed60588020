import type { Metadata } from "next";
import { CONTACTS_SHOWN, TIMELINE_SHOWN } from "~/modules/crm";
import { CompanyPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi, serverApi } from "~/trpc/server";
import { foundOrMerged } from "../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Company" };

export default async function CompanyDetail({ params }: Props) {
  const { org, id } = await params;
  const company = await foundOrMerged(
    serverApi(org).crm.companies.get({ id }),
    (into) => `/o/${org}/companies/${into}`,
  );
  const { trpc } = prefetchApi(org);
  await Promise.all([
    trpc.crm.contacts.list.prefetch({ companyId: id, sort: "name", limit: CONTACTS_SHOWN }),
    trpc.crm.timeline.prefetchInfinite({ of: { kind: "company", id }, limit: TIMELINE_SHOWN }),
  ]);
  return (
    <Hydrate orgSlug={org}>
      <CompanyPage key={id} company={company} />
    </Hydrate>
  );
}
