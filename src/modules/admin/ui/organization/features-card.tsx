"use client";
import { useState } from "react";
import { FEATURES as FEATURE_TABLE } from "~/kernel/features";
import { api } from "~/trpc/client";
import { Card, CardBody, CardHeader } from "~/ui/card";
import type { FeatureCell } from "../../schema";
import type { OrganizationView } from "../../schema";
import { Failed } from "../failed";
import { FeatureDialog } from "../feature-dialog";
import { Cell } from "../features-page";

type Of = { org: OrganizationView };

export function FeaturesCard({ org }: Of) {
  const { data, error, refetch } = api.features.ofOrg.useQuery({ orgId: org.id });
  const [open, setOpen] = useState<FeatureCell["feature"] | null>(null);
  return (
    <Card aria-label="Features">
      <CardHeader title="Features" description="Press a state to see why, or to change it." />
      {error && !data ? (
        <CardBody>
          <Failed what="The features" error={error} onRetry={() => void refetch()} />
        </CardBody>
      ) : (
        <ul className="-mb-px grid sm:grid-cols-2">
          {data?.features.map(({ feature, isOn, by }) => (
            <li
              key={feature}
              className="flex items-center justify-between gap-2 border-b border-line px-4 py-1"
            >
              <span className="text-base text-ink">{FEATURE_TABLE[feature].label}</span>
              <Cell org={org} cell={{ feature, isOn, by }} onOpen={() => setOpen(feature)} />
            </li>
          ))}
        </ul>
      )}
      {open && <FeatureDialog org={org} feature={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}
