"use client";
import type { ReactNode } from "react";
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
  exportCard,
  deletion,
}: {
  choices: SettingsChoices;
  addressPrefix: string;
  /** Everything as a file, for whoever may have it. */
  exportCard: ReactNode;
  /** Asks for the deletion, or takes it back. */
  deletion: ReactNode;
}) {
  const { currentOrganization, staff } = useTenancy();
  const [organization] = api.tenancy.current.useSuspenseQuery(undefined, {
    initialData: currentOrganization,
  });
  const mayUpdate = useMay("organization.update");
  const mayExport = useMay("organization.export");
  return (
    <>
      <PageHeader
        title="General settings"
        description="What this organization is called, and how it counts time and money."
      />
      <div className="flex max-w-2xl flex-col gap-6">
        {!mayUpdate && (
          <Banner title="You can see these settings, but not change them.">
            {staff?.isReadOnly
              ? "You opened the organization read-only."
              : organization.status === "suspended"
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
        {mayExport && exportCard}
        <DangerCard organization={organization} deletion={deletion} />
      </div>
    </>
  );
}
