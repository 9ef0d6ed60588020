"use client";
import { METERS } from "~/kernel/meter-table";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { Meter } from "~/ui/meter";
import { ofLimit } from "~/modules/metering/ui";
import type { OrganizationView } from "../../schema";

type Of = { org: OrganizationView };

export function UsageCard({ org: { usage } }: Of) {
  return (
    <Card aria-label="Usage">
      <CardHeader title="Usage" description="Of this billing period." />
      <CardBody className="flex flex-col gap-3">
        {usage.map(({ meter, used, limit }) => {
          return (
            <Meter
              key={meter}
              label={METERS[meter].label}
              used={used}
              limit={limit < 0 ? null : limit}
              valueText={ofLimit({ meter, used, limit })}
            />
          );
        })}
      </CardBody>
    </Card>
  );
}
