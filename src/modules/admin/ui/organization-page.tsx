"use client";
import { useState } from "react";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { OrganizationView } from "../schema";
import { Failed, Loading } from "./failed";
import { ActsCard } from "./organization/acts-card";
import { BillingCard } from "./organization/billing-card";
import { FeaturesCard } from "./organization/features-card";
import { JobsCard } from "./organization/jobs-card";
import { MembersCard } from "./organization/members-card";
import { PlanCard } from "./organization/plan-card";
import { SuspendDialog } from "./organization/suspend-dialog";
import { UsageCard } from "./organization/usage-card";
import { WebhooksCard } from "./organization/webhooks-card";
import { STATE_LOOKS } from "./words";
import { ZONE } from "./zone";

type Props = { id: string };
type Of = { org: OrganizationView };

/** Everything about one organization on one page. */
export function OrganizationPage({ id }: Props) {
  const { data, error, refetch } = api.admin.organization.useQuery({ id });
  if (error && !data) {
    return (
      <>
        <PageHeader title="Organization" />
        <Failed what="This organization" error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!data) return <Loading />;
  return <Page org={data} />;
}

function Page({ org }: Of) {
  const [isSuspending, setSuspending] = useState(false);
  const look = STATE_LOOKS[org.state];
  const isSuspended = org.state === "suspended";
  return (
    <>
      <PageHeader
        title={org.name}
        description={
          <>
            <span className="font-mono text-sm">{org.slug}</span>, founded{" "}
            <RelativeTime at={org.createdAt} timeZone={ZONE} />, {org.timeZone}, {org.defaultCurrency}
          </>
        }
        meta={
          <StatusDot tone={look.tone} shape={look.shape}>
            {look.label}
          </StatusDot>
        }
        actions={
          <Button variant={isSuspended ? "primary" : "danger"} onClick={() => setSuspending(true)}>
            {isSuspended ? "Lift suspension" : "Suspend"}
          </Button>
        }
      />
      <div className="flex flex-col gap-6">
        {org.deletion && (
          <Banner tone="negative" title="This organization is being deleted">
            Asked for by {org.deletion.by ?? "somebody who is gone"}{" "}
            <RelativeTime at={org.deletion.requestedAt} timeZone={ZONE} />. Its owner can take it back.
          </Banner>
        )}
        <div className="grid items-start gap-6 xl:grid-cols-2 [&>div]:flex [&>div]:min-w-0 [&>div]:flex-col [&>div]:gap-6">
          <div>
            <PlanCard org={org} />
            <MembersCard org={org} />
            <JobsCard org={org} />
            <BillingCard org={org} />
            <WebhooksCard org={org} />
          </div>
          <div>
            <UsageCard org={org} />
            <FeaturesCard org={org} />
            <ActsCard org={org} />
          </div>
        </div>
        <p className="text-sm text-ink-soft">
          <CopyId value={org.id} label="Copy the organization’s id" />
        </p>
      </div>
      {isSuspending && <SuspendDialog org={org} onClose={() => setSuspending(false)} />}
    </>
  );
}
