"use client";
import { useState } from "react";
import { api } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import type { DifferenceView, Revenue } from "../../schema";
import { DIFFERENCE_WORDS, REPAIR_WORDS } from "../words";
import { Nothing, ZONE } from "./money";
import { ReasonDialog } from "./reason-dialog";

const nameOf = ({ kind, organization, subject }: DifferenceView) =>
  `${DIFFERENCE_WORDS[kind]}, ${organization ?? subject}`;

type Asked = { difference: DifferenceView; act: "repair" | "dismiss" };

export function DifferencesCard({
  revenue: { differences, openDifferences, reconciledAt },
}: {
  revenue: Revenue;
}) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns: DataListColumn<DifferenceView>[] = [
    {
      key: "kind",
      label: "What",
      cell: ({ kind, organization, subject }) => (
        <span className="flex flex-col py-1">
          <span>{DIFFERENCE_WORDS[kind]}</span>
          <span className="text-sm break-all text-ink-soft">{organization ?? subject}</span>
        </span>
      ),
    },
    { key: "expected", label: "Stripe or ledger", width: "22%", cell: ({ expected }) => expected },
    { key: "found", label: "Found", width: "22%", cell: ({ found }) => found },
    {
      key: "seen",
      label: "Seen",
      width: "7rem",
      from: "wider",
      cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} timeZone={ZONE} />,
    },
    {
      key: "act",
      label: "What to do",
      labelHidden: true,
      align: "end",
      width: "13rem",
      onCard: "below",
      cell: (difference) =>
        difference.state === "open" ? (
          <span className="flex flex-wrap justify-end gap-2">
            <Button
              size="small"
              aria-label={`Dismiss: ${nameOf(difference)}`}
              onClick={() => setAsked({ difference, act: "dismiss" })}
            >
              Dismiss
            </Button>
            {difference.repair !== "none" && (
              <Button
                size="small"
                variant="primary"
                aria-label={`Repair: ${nameOf(difference)}`}
                onClick={() => setAsked({ difference, act: "repair" })}
              >
                Repair
              </Button>
            )}
          </span>
        ) : (
          <Badge>
            {{ repaired: "Repaired", dismissed: "Dismissed", gone: "Gone by itself" }[difference.state]}
          </Badge>
        ),
    },
  ];
  return (
    <Card aria-label="Reconciliation">
      <CardHeader
        title="Reconciliation"
        description={
          <>
            Stripe, our copy and the ledger are compared daily.{" "}
            {reconciledAt ? (
              <>
                Last <RelativeTime at={reconciledAt} timeZone={ZONE} />: {openDifferences} open.
              </>
            ) : (
              "Not yet run to its end."
            )}
          </>
        }
      />
      {differences.length === 0 ? (
        <Nothing>Everything agrees.</Nothing>
      ) : (
        <DataList
          label="Differences"
          frame="plain"
          columns={columns}
          rows={differences}
          rowKey={({ id }) => id}
        />
      )}
      {asked && <CloseDialog asked={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function CloseDialog({ asked: { difference, act }, onClose }: { asked: Asked; onClose: () => void }) {
  const utils = api.useUtils();
  const close = api.billing.revenue.close.useMutation();
  const isRepair = act === "repair";
  return (
    <ReasonDialog
      title={isRepair ? "Repair this difference" : "Dismiss this difference"}
      description={
        isRepair
          ? `${REPAIR_WORDS[difference.repair]}. Nothing is charged by it.`
          : "It is not shown as open any more, unless it is found again."
      }
      confirmLabel={isRepair ? "Repair" : "Dismiss"}
      onConfirm={async (reason) => {
        await close.mutateAsync({ id: difference.id, act, reason });
        await utils.billing.revenue.invalidate();
        toast.success(isRepair ? "Repaired. The next comparison will tell." : "Dismissed.");
      }}
      onClose={onClose}
    />
  );
}
