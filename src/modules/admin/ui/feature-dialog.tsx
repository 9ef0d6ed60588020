"use client";
import { useState } from "react";
import { FEATURES } from "~/kernel/features";
import { PLAN_WORDS } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Dialog, DialogContent } from "~/ui/dialog";
import { RelativeTime } from "~/ui/relative-time";
import { Spinner } from "~/ui/spinner";
import { toast } from "~/ui/toast";
import type { FeatureCell } from "../schema";
import { expiryOf, UntilField } from "./until-field";
import { ReasonDialog } from "./reason-dialog";
import { ZONE } from "./zone";

const RULE_WORDS = {
  kill_switch: "The kill switch takes it from everybody",
  override: "Staff set it for this organization",
  plan: "The plan decides",
  default: "It is so for everybody",
} as const;
type Act = "on" | "off" | "clear";

type Props = { org: { id: string; name: string }; feature: FeatureCell["feature"]; onClose: () => void };

/** Why a feature is on or off for an organization, who set it, until when, what was before, and the switch. */
export function FeatureDialog({ org, feature, onClose }: Props) {
  const [act, setAct] = useState<Act | null>(null);
  const { data, error } = api.features.ofOrg.useQuery({ orgId: org.id });
  const { label, help } = FEATURES[feature];
  if (act) return <SwitchDialog {...{ org, feature, act, onClose }} />;
  const explained = data?.features.find((one) => one.feature === feature);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={`${label} for ${org.name}`} description={help}>
        {error ? (
          <Banner tone="negative" title="This could not be read">
            {refusalOf(error).message}
          </Banner>
        ) : !explained ? (
          <Spinner label="Loading" />
        ) : (
          <div className="flex flex-col gap-4">
            <p className="flex flex-wrap items-center gap-2 text-base text-ink">
              <Badge tone={explained.isOn ? "positive" : "neutral"}>{explained.isOn ? "On" : "Off"}</Badge>
              {RULE_WORDS[explained.by]}
              {explained.plan && `; ${PLAN_WORDS[explained.plan].label} has it`}.
            </p>
            {explained.override && (
              <p className="text-sm text-ink-soft">
                Set by {explained.override.author ?? "the platform"}{" "}
                <RelativeTime at={explained.override.createdAt} timeZone={ZONE} />,{" "}
                {until(explained.override.expiresAt)}: {explained.override.reason}
              </p>
            )}
            {explained.history.length > 0 && (
              <section className="flex flex-col gap-1">
                <h3 className="text-sm font-medium text-ink">Before</h3>
                <ul className="flex max-h-48 flex-col gap-1 overflow-y-auto">
                  {explained.history.map((past, at) => (
                    <li key={at} className="text-sm text-ink-soft">
                      {past.enabled ? "On" : "Off"} by {past.author ?? "the platform"} until{" "}
                      <RelativeTime at={past.endedAt} timeZone={ZONE} />: {past.reason}
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <div className="flex flex-wrap justify-end gap-2">
              {explained.override && <Button onClick={() => setAct("clear")}>Leave it to the plan</Button>}
              <Button variant="primary" onClick={() => setAct(explained.isOn ? "off" : "on")}>
                {explained.isOn ? "Switch off" : "Switch on"}
              </Button>
            </div>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

const until = (at: Date | null) =>
  at
    ? `until ${new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: ZONE }).format(at)}`
    : "without an end";

function SwitchDialog({ org, feature, act, onClose }: Props & { act: Act }) {
  const [day, setDay] = useState("");
  const queries = api.useUtils();
  const onSuccess = async () => {
    toast.success(`${FEATURES[feature].label} was changed for ${org.name}`);
    await Promise.all([queries.admin.invalidate(), queries.features.ofOrg.invalidate()]);
  };
  const set = api.admin.setFeature.useMutation({ onSuccess });
  const clear = api.admin.clearFeature.useMutation({ onSuccess });
  const { label } = FEATURES[feature];
  const asked = { orgId: org.id, feature };
  return (
    <ReasonDialog
      title={act === "clear" ? `Leave ${label} to the plan` : `Switch ${label} ${act}`}
      description={
        act === "clear"
          ? `${org.name} has it again as its plan says.`
          : `${org.name} ${act === "on" ? "has it, whatever its plan" : "loses it, whatever its plan"}. Every instance knows within a second.`
      }
      confirmLabel={act === "clear" ? "Leave to the plan" : `Switch ${act}`}
      tone={act === "off" ? "danger" : "primary"}
      onConfirm={(reason) =>
        act === "clear"
          ? clear.mutateAsync({ ...asked, reason })
          : set.mutateAsync({ ...asked, enabled: act === "on", reason, expiresAt: expiryOf(day) })
      }
      onClose={onClose}
    >
      {(errors) => act !== "clear" && <UntilField day={day} onDay={setDay} error={errors.expiresAt?.[0]} />}
    </ReasonDialog>
  );
}
