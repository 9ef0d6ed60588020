import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { after } from "next/server";
import type { ReactNode } from "react";
import { allows } from "~/kernel/roles";
import { SessionKeeper } from "~/modules/auth/ui";
import { PaymentBanner, UpgradeAtLimit } from "~/modules/billing/ui";
import { JobFollower } from "~/modules/jobs/ui";
import { UsageBanner, UsageMeter } from "~/modules/metering/ui";
import { noteVisit, profileOf } from "~/modules/tenancy";
import { OrgBanner, OrgBreadcrumbs, OrgSwitcher, TenancyProvider } from "~/modules/tenancy/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor, pageOrg, serverApi } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { Account } from "./account";
import { NAVIGATION, SEGMENT_LABELS } from "./navigation";
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

  const { orgId, role } = org;
  const { userId, sessionId, trace } = person;
  after(() => noteVisit({ orgId, userId, trace }));
  const api = serverApi(slug);
  const [currentOrganization, userOrganizations, profile, usage] = await Promise.all([
    api.tenancy.current(),
    api.tenancy.myOrganizations(),
    profileOf(person),
    allows(role, "usage.read") ? api.metering.summary() : null,
  ]);
  const home = `/o/${slug}`;
  const navigation = NAVIGATION.map(({ label, entries }) => ({
    label,
    items: entries
      .filter(({ permission }) => allows(role, permission))
      .map(({ label, path, Icon, keys }) => ({
        label,
        href: home + path,
        icon: <Icon aria-hidden />,
        keys,
        // Every page lies below the first one.
        exact: path === "",
      })),
  })).filter(({ items }) => items.length > 0);

  return (
    <ApiProvider key={slug} orgSlug={slug}>
      <SessionKeeper />
      <TenancyProvider
        user={{ id: userId, name: profile.name, email: profile.email }}
        session={{ id: sessionId }}
        currentOrganization={currentOrganization}
        userOrganizations={userOrganizations}
      >
        <JobFollower />
        <UpgradeAtLimit />
        <AppShell
          orgSwitcher={<OrgSwitcher />}
          navigation={navigation}
          usage={usage && <UsageMeter usage={usage} />}
          account={<Account />}
          breadcrumb={<OrgBreadcrumbs labels={SEGMENT_LABELS} />}
          actions={<TopBar places={navigation.flatMap(({ items }) => items)} />}
          banner={
            <>
              <OrgBanner />
              <PaymentBanner />
              {usage && <UsageBanner usage={usage} />}
            </>
          }
        >
          {children}
        </AppShell>
      </TenancyProvider>
    </ApiProvider>
  );
}
