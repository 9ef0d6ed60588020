import type { Metadata } from "next";
import { DeleteOrganization, OrganizationExportCard } from "~/modules/gdpr/ui";
import { settingsChoices } from "~/modules/tenancy";
import { SettingsPage } from "~/modules/tenancy/ui";
import { env } from "~/server/config/env";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Settings" };

export default async function Settings({ params }: { params: Promise<{ org: string }> }) {
  const { org } = await params;
  await prefetchApi(org).trpc.tenancy.current.prefetch();
  return (
    <Hydrate orgSlug={org}>
      <SettingsPage
        choices={settingsChoices()}
        addressPrefix={`${new URL(env().APP_URL).host}/o/`}
        exportCard={<OrganizationExportCard />}
        deletion={<DeleteOrganization />}
      />
    </Hydrate>
  );
}
