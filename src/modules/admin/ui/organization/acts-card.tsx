"use client";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import { Timeline } from "~/ui/timeline";
import type { OrganizationView } from "../../schema";
import { ZONE } from "../zone";

type Of = { org: OrganizationView };

export function ActsCard({ org }: Of) {
  return (
    <Card aria-label="Acts of staff">
      <CardHeader
        title="Acts of staff"
        description="The organization reads them in its audit log."
        actions={<Link href={`/admin/audit?org=${org.id}`}>Whole log</Link>}
      />
      <CardBody>
        {org.staffActs.length === 0 ? (
          <p className="text-base text-ink-soft">Staff did nothing here yet.</p>
        ) : (
          <Timeline
            items={org.staffActs.map(({ id, at, by, deed }) => ({
              key: id,
              title: `${by ?? "Somebody who is gone"} ${deed}`,
              time: <RelativeTime at={at} timeZone={ZONE} />,
            }))}
          />
        )}
      </CardBody>
    </Card>
  );
}
