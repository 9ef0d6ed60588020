"use client";
import { Badge } from "~/ui/badge";
import { Card, CardHeader } from "~/ui/card";
import type { OrganizationView } from "../../schema";

type Of = { org: OrganizationView };

export function WebhooksCard({ org: { webhooks } }: Of) {
  return (
    <Card aria-label="Webhooks">
      <CardHeader
        title="Webhooks"
        description={webhooks.length === 0 ? "None." : "Of each the newest 500 deliveries."}
      />
      {webhooks.length > 0 && (
        <ul className="divide-y divide-line">
          {webhooks.map(({ id, url, status, failingSince, pending, failed }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
              <span className="min-w-0 font-mono text-sm break-all text-ink">{url}</span>
              <span className="flex items-center gap-2 text-sm text-ink-soft">
                {status === "disabled" ? (
                  <Badge tone="negative">Disabled</Badge>
                ) : failingSince ? (
                  <Badge tone="caution">Failing</Badge>
                ) : (
                  <Badge tone="positive">Healthy</Badge>
                )}
                {pending} pending, {failed} failed
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
