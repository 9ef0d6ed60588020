"use client";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { PageHeader } from "~/ui/page-header";
import { DangerCard } from "./danger-card";
import { LogoCard } from "./logo-card";
import { SettingsForm, type SettingsChoices } from "./settings-form";
import { useMay, useTenancy } from "./tenancy-context";

/** Name, address, currency, time zone, logo; leaving, ownership, deletion. */
export function SettingsPage({
  choices,
  addressPrefix,
}: {
  choices: SettingsChoices;
  addressPrefix: string;
}) {
  const { currentOrganization } = useTenancy();
  const [organization] = api.tenancy.current.useSuspenseQuery(undefined, {
    initialData: currentOrganization,
  });
  const mayUpdate = useMay("organization.update");
  return (
    <>
      <PageHeader
        title="Settings"
        description="What this organization is called, and how it counts time and money."
      />
      <div className="flex max-w-2xl flex-col gap-6">
        {!mayUpdate && (
          <Banner title="You can see these settings, but not change them.">
            {organization.status === "suspended"
              ? "While the organization is suspended, nobody can."
              : "Admins and owners can. Ask one of them."}
          </Banner>
        )}
        <SettingsForm
          key={organization.slug}
          organization={organization}
          choices={choices}
          addressPrefix={addressPrefix}
          isLocked={!mayUpdate}
        />
        <LogoCard organization={organization} isLocked={!mayUpdate} />
        <DangerCard organization={organization} />
      </div>
    </>
  );
}
