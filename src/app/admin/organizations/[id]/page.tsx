import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { IdInput } from "~/modules/admin";
import { OrganizationPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Organization" };

type Props = { params: Promise<{ id: string }> };

export default async function AdminOrganization({ params }: Props) {
  const asked = IdInput.safeParse(await params);
  if (!asked.success) notFound();
  const { trpc } = prefetchApi();
  await Promise.all([
    trpc.admin.organization.prefetch(asked.data),
    trpc.features.ofOrg.prefetch({ orgId: asked.data.id }),
  ]);
  return (
    <Hydrate>
      <OrganizationPage id={asked.data.id} />
    </Hydrate>
  );
}
