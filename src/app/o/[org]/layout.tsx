import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { after } from "next/server";
import type { ReactNode } from "react";
import type { Permission } from "~/kernel/roles";
import { OpenedBanner } from "~/modules/admin/ui";
import { SessionKeeper } from "~/modules/auth/ui";
import { PaymentBanner, UpgradeAtLimit } from "~/modules/billing/ui";
import { FeatureProvider } from "~/modules/features/ui";
import { JobFollower } from "~/modules/jobs/ui";
import { UsageBanner, UsageMeter } from "~/modules/metering/ui";
import { mayThere, noteVisit, profileOf } from "~/modules/tenancy";
import { OrgBanner, OrgBreadcrumbs, OrgSwitcher, TenancyProvider } from "~/modules/tenancy/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor, pageOrg, serverApi } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { Account } from "./account";
import { NAVIGATION, SEGMENT_LABELS, SETTINGS, type NavigationEntry } from "./navigation";
import { TopBar } from "./top-bar";

type Props = { children: ReactNode; params: Promise<{ org: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const org = await pageOrg((await params).org);
  return { title: { default: org?.name ?? "Not found", template: `%s · ${org?.name ?? "Tenantry"}` } };
}

/** Resolved here, above any loading.tsx, so that an organization that is not there answers 404 and not a skeleton. */
export default async function OrgLayout({ children, params }: Props) {
  const { org: slug } = await params;
  const path = (await headers()).get("x-tenantry-path") ?? `/o/${slug}`;
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent(path)}`);
  const org = await pageOrg(slug);
  if (!org) notFound();
  // An old name: to the same page under today's. Not permanent, since the organization may take a name back.
  if (org.slug !== slug) redirect(path.replace(/^\/o\/[^/?#]+/, `/o/${org.slug}`));

  const { orgId, role, status } = org;
  const { userId, sessionId, trace } = person;
  const { staff = null } = person;
  // Staff who look at it as this member are no visit of theirs.
  if (!staff) after(() => noteVisit({ orgId, userId, trace }));
  const isOpen = (permission: Permission) => mayThere({ role, status, staff }, permission);
  const api = serverApi(slug);
  const [currentOrganization, userOrganizations, profile, features, usage] = await Promise.all([
    api.tenancy.current(),
    api.tenancy.myOrganizations(),
    profileOf(person),
    api.features.states(),
    isOpen("usage.read") ? api.metering.summary() : null,
  ]);
  const home = `/o/${slug}`;
  const isThere = ({ permission, feature }: NavigationEntry) =>
    isOpen(permission) && (feature === undefined || features[feature]);
  const navigation = NAVIGATION.map(({ label, entries }) => ({
    label,
    items: entries.filter(isThere).map(({ label, path, Icon, keys }) => ({
      label,
      href: home + path,
      icon: <Icon aria-hidden />,
      keys,
      // Every page lies below the first one.
      exact: path === "",
    })),
  })).filter(({ items }) => items.length > 0);
  const settings = SETTINGS.filter((entry) => entry.path !== "/settings" && isThere(entry)).map(
    ({ label, path, Icon }) => ({ label, href: home + path, icon: <Icon aria-hidden /> }),
  );

  return (
    <ApiProvider key={slug} orgSlug={slug}>
      <SessionKeeper />
      <TenancyProvider
        user={{ id: userId, name: profile.name, email: profile.email }}
        session={{ id: sessionId }}
        staff={staff && { isReadOnly: staff.isReadOnly }}
        currentOrganization={currentOrganization}
        userOrganizations={userOrganizations}
      >
        <FeatureProvider states={features}>
          <JobFollower />
          <UpgradeAtLimit />
          <AppShell
            orgSwitcher={<OrgSwitcher />}
            navigation={navigation}
            usage={usage && <UsageMeter usage={usage} />}
            account={<Account />}
            breadcrumb={<OrgBreadcrumbs labels={SEGMENT_LABELS} />}
            actions={<TopBar places={[...navigation.flatMap(({ items }) => items), ...settings]} />}
            banner={
              <>
                {staff && (
                  <OpenedBanner
                    organization={org.name}
                    member={profile.name ?? profile.email}
                    isReadOnly={staff.isReadOnly}
                    expiresAt={staff.expiresAt}
                  />
                )}
                <OrgBanner />
                <PaymentBanner />
                {usage && <UsageBanner usage={usage} />}
              </>
            }
          >
            {children}
          </AppShell>
        </FeatureProvider>
      </TenancyProvider>
    </ApiProvider>
  );
}
