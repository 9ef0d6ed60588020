"use client";
import { Check, ChevronRight, Minus, X } from "lucide-react";
import { FEATURES } from "~/kernel/features";
import { PLAN_WORDS, type Plan } from "~/kernel/plans";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { classNames } from "~/ui/class-names";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import type { ExplainedFeature } from "../schema";
import { reasonOf, RULE_WORDS, ruleDetail } from "./words";

type Props = {
  of: ExplainedFeature;
  plan: Plan;
  timeZone: string;
  /** Where a plan is changed; null for whoever may not. */
  billingPath: string | null;
};

/** One feature: on or off and why; opened, each rule in its order with the one that decided, and what was set before. */
export function FeatureRow({ of, plan, timeZone, billingPath }: Props) {
  const { label, help } = FEATURES[of.feature];
  return (
    <li className="border-b border-line last:border-b-0">
      <details className="group/feature">
        <summary className="flex min-h-11 cursor-pointer list-none items-start gap-3 px-4 py-3 -outline-offset-2! hover:bg-sunken [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="mt-0.5 size-4 shrink-0 text-ink-faint transition-transform group-open/feature:rotate-90 motion-reduce:transition-none rtl:-scale-x-100 rtl:group-open/feature:rotate-90"
          />
          <span className="min-w-0 grow">
            <span className="block font-medium text-ink">{label}</span>
            <span className="block text-sm text-ink-soft">{reasonOf(of, plan)}</span>
          </span>
          <Badge tone={of.isOn ? "positive" : "neutral"}>{of.isOn ? "On" : "Off"}</Badge>
        </summary>
        <div className="flex flex-col gap-4 px-4 ps-11 pb-4">
          <p className="text-sm text-ink-soft">{help}</p>
          <ol aria-label={`Rules of ${label}, in their order`} className="flex flex-col gap-1">
            {of.rules.map(({ rule, says, decides }) => (
              <li
                key={rule}
                className={classNames(
                  "flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border px-3 py-2 text-sm",
                  decides ? "border-line-strong bg-sunken" : "border-transparent",
                )}
              >
                <RuleIcon says={says} />
                <span className={decides ? "font-medium text-ink" : "text-ink-soft"}>{RULE_WORDS[rule]}</span>
                <span className="min-w-0 grow text-ink-soft">{ruleDetail(rule, of, plan)}</span>
                <span className="text-ink-soft">
                  {says === null ? "says nothing" : says}
                  {decides && <span className="font-medium text-ink">, decides</span>}
                </span>
              </li>
            ))}
          </ol>
          {of.override && (
            <p className="text-sm text-ink-soft">
              Set by {of.override.author ?? "those who run the platform"}{" "}
              <RelativeTime at={of.override.createdAt} timeZone={timeZone} />
              {of.override.expiresAt && (
                <>
                  , until <RelativeTime at={of.override.expiresAt} timeZone={timeZone} />
                </>
              )}
              .
            </p>
          )}
          {of.plan && (
            <div className="flex flex-wrap items-center gap-3">
              <span className="text-sm text-ink-soft">{PLAN_WORDS[of.plan].label} has it.</span>
              {billingPath ? (
                <Button asChild>
                  <PageLink href={billingPath}>See {PLAN_WORDS[of.plan].label}</PageLink>
                </Button>
              ) : (
                <span className="text-sm text-ink-soft">An owner can change the plan.</span>
              )}
            </div>
          )}
          {!of.isOn && !of.plan && (
            <p className="text-sm text-ink-soft">
              To have it switched on, ask those who run the platform. What you have made with it stays.
            </p>
          )}
          {of.history.length > 0 && (
            <div>
              <h3 className="text-xs font-medium text-ink-soft">Earlier</h3>
              <ul className="mt-1 flex flex-col gap-1 text-sm text-ink-soft">
                {of.history.map((one) => (
                  <li key={one.createdAt.getTime()}>
                    {one.enabled ? "On" : "Off"}: {one.reason} · {one.author ?? "platform"} ·{" "}
                    <RelativeTime at={one.createdAt} timeZone={timeZone} /> to{" "}
                    <RelativeTime at={one.endedAt} timeZone={timeZone} />
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function RuleIcon({ says }: { says: "on" | "off" | null }) {
  const Icon = says === "on" ? Check : says === "off" ? X : Minus;
  return (
    <Icon
      aria-hidden
      className={classNames(
        "size-4 shrink-0",
        says === "on" ? "text-positive" : says === "off" ? "text-negative" : "text-ink-faint",
      )}
    />
  );
}
