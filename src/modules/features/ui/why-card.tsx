"use client";
import { Check, Minus, X } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { FEATURE_NAMES, FEATURES } from "~/kernel/features";
import { PERMISSION_NAMES, ROLE_WORDS } from "~/kernel/roles";
import { api, failureOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { classNames } from "~/ui/class-names";
import { Field } from "~/ui/field";
import { Select } from "~/ui/select";
import { Skeleton } from "~/ui/skeleton";
import { FeatureName, type Verdict } from "../schema";
import { permissionWords, RULE_WORDS } from "./words";

const NO_FEATURE = "none";
const PERMISSIONS = PERMISSION_NAMES.map((value) => ({ value, label: permissionWords(value) })).toSorted(
  (a, b) => a.label.localeCompare(b.label, "en"),
);
const FEATURE_OPTIONS = [
  { value: NO_FEATURE, label: "No feature" },
  ...FEATURE_NAMES.map((value) => ({ value, label: FEATURES[value].label })),
];

/** Pick a member and an act: which rule lets them, or refuses it. The choice is kept in the address. */
export function WhyCard() {
  const { data: members = [] } = api.features.members.useQuery(undefined, { staleTime: 60_000 });
  const [asked, ask] = useQueryStates(
    { member: parseAsString, act: parseAsString, feature: parseAsString },
    { shallow: true, history: "replace", scroll: false },
  );
  const feature = FeatureName.safeParse(asked.feature).data ?? null;
  const { member, act } = asked;
  const isAsked = member !== null && act !== null;
  const verdict = api.features.why.useQuery(
    { userId: member ?? "", permission: act ?? "", feature },
    { enabled: isAsked, retry: false },
  );
  const failure = isAsked ? failureOf(verdict) : null;
  return (
    <Card>
      <CardHeader
        title="Who may do what"
        description="Pick a member and an act: the rules are asked in the order in which the doors ask them."
      />
      <CardBody className="flex flex-col gap-5">
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label="Member">
            <Select
              value={member ?? ""}
              placeholder="Pick a member"
              options={members.map(({ id, name }) => ({ value: id, label: name }))}
              onValueChange={(value) => void ask({ member: value })}
            />
          </Field>
          <Field label="Act">
            <Select
              value={act ?? ""}
              placeholder="Pick an act"
              options={PERMISSIONS}
              onValueChange={(value) => void ask({ act: value })}
            />
          </Field>
          <Field label="As part of">
            <Select
              value={feature ?? NO_FEATURE}
              options={FEATURE_OPTIONS}
              onValueChange={(value) => void ask({ feature: value === NO_FEATURE ? null : value })}
            />
          </Field>
        </div>
        {failure ? (
          <Banner tone="caution" title="There is no answer to that">
            {failure.message}
          </Banner>
        ) : isAsked && !verdict.data ? (
          <Skeleton className="h-32 w-full" />
        ) : (
          verdict.data && (
            <Answer
              verdict={verdict.data}
              name={members.find(({ id }) => id === member)?.name ?? "This person"}
              act={permissionWords(act ?? "")}
            />
          )
        )}
      </CardBody>
    </Card>
  );
}

const ORDER = ["member", "role", "organization", "feature"] as const;

function Answer({ verdict, name, act }: { verdict: Verdict; name: string; act: string }) {
  const { isAllowed, refusedBy, role, roles, status, scope, notForKeys, feature } = verdict;
  const refusedAt = refusedBy === null ? ORDER.length : ORDER.indexOf(refusedBy);
  const detail: Record<(typeof ORDER)[number], string> = {
    member: role ? `${name} is a member.` : `${name} is no member of this organization.`,
    role: role
      ? `${ROLE_WORDS[role].label}. It takes ${roles.map((one) => ROLE_WORDS[one].label.toLowerCase()).join(" or ")}.`
      : "Only members have a role.",
    organization:
      status === "suspended"
        ? "Suspended: it can be read, paid for and exported, and nothing else."
        : "In good standing.",
    feature: feature
      ? `${FEATURES[feature.feature].label} is ${feature.isOn ? "on" : "off"}: ${RULE_WORDS[feature.by].toLowerCase()}.`
      : "The act is part of no feature.",
  };
  const labels = {
    member: "Membership",
    role: "Role",
    organization: "Organization",
    feature: "Feature and plan",
  };
  return (
    <div role="status" className="flex flex-col gap-3">
      <p className="text-base font-medium text-ink">
        {isAllowed ? `${name} may do this.` : `${name} may not do this.`}{" "}
        <span className="font-normal text-ink-soft">{act}</span>
      </p>
      <ol className="flex flex-col gap-1">
        {ORDER.map((rule, at) => {
          const isRefusing = rule === refusedBy;
          const Icon = isRefusing ? X : at > refusedAt ? Minus : Check;
          return (
            <li
              key={rule}
              className={classNames(
                "flex items-start gap-3 rounded-md border px-3 py-2 text-sm",
                isRefusing ? "border-negative/35 bg-negative/6" : "border-transparent",
              )}
            >
              <Icon
                aria-hidden
                className={classNames(
                  "mt-0.5 size-4 shrink-0",
                  isRefusing ? "text-negative" : at > refusedAt ? "text-ink-faint" : "text-positive",
                )}
              />
              <span className="min-w-0">
                <span className="font-medium text-ink">{labels[rule]}</span>
                <span className="text-ink-soft">
                  {" "}
                  {isRefusing ? "refuses." : at > refusedAt ? "is not asked any more." : "lets it pass."}{" "}
                  {detail[rule]}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
      <p className="text-sm text-ink-soft">
        {scope ? (
          <>
            An API key that {name} made needs the scope <span className="font-mono text-xs">{scope}</span> for
            it.
          </>
        ) : (
          <>No API key can do it: {notForKeys}.</>
        )}
      </p>
    </div>
  );
}
