"use client";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, failureOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { ErrorState } from "~/ui/error-state";
import { PageHeader } from "~/ui/page-header";
import { FeatureRow } from "./feature-row";
import { FeaturesSkeleton } from "./features-skeleton";
import { HEADING } from "./heading";
import { WhyCard } from "./why-card";

/** For owners and admins: every feature with the rule that made it so, and which rule lets somebody do something. */
export function FeaturesPage() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayPay = useMay("billing.read");
  const query = api.features.explain.useQuery();
  const failure = failureOf(query);
  if (failure)
    return (
      <>
        <PageHeader {...HEADING} />
        <ErrorState
          title="The features could not be read"
          safe="Nothing was changed."
          next={failure.message}
          correlationId={failure.correlationId ?? undefined}
          actions={<Button onClick={failure.onRetry}>Try again</Button>}
        />
      </>
    );
  if (!query.data) return <FeaturesSkeleton />;
  const { plan, features } = query.data;
  const on = features.filter(({ isOn }) => isOn).length;
  return (
    <>
      <PageHeader {...HEADING} />
      <div className="flex flex-col gap-6">
        <Card>
          <CardHeader
            title={`${on} of ${features.length} are on`}
            description="The first rule that says something decides: kill switch, what was set for this organization, the plan, the default."
          />
          <ul>
            {features.map((of) => (
              <FeatureRow
                key={of.feature}
                of={of}
                plan={plan}
                timeZone={timeZone}
                billingPath={mayPay ? `/o/${slug}/billing` : null}
              />
            ))}
          </ul>
        </Card>
        <WhyCard />
      </div>
    </>
  );
}
