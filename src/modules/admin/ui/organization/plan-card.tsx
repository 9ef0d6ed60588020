"use client";
import { useState } from "react";
import { ENTITLEMENTS, PLANS, type Plan } from "~/kernel/plans";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { DescriptionList } from "~/ui/description-list";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { RelativeTime } from "~/ui/relative-time";
import { Select } from "~/ui/select";
import { spacedName } from "~/ui/spaced-name";
import type { OrganizationView, SetOverrideInput } from "../../schema";
import { ReasonDialog } from "../reason-dialog";
import { UntilField, expiryOf } from "../until-field";
import { useActed } from "../use-acted";
import { isCounted, limitWords, planLabel } from "../words";
import { ZONE } from "../zone";

type Of = { org: OrganizationView };

const SOURCES = { none: "nobody pays for it", stripe: "paid for at Stripe", staff: "given by staff" };

export function PlanCard({ org }: Of) {
  const [act, setAct] = useState<"plan" | "override" | null>(null);
  const [ended, setEnded] = useState<OrganizationView["overrides"][number] | null>(null);
  const { terms, overrides } = org;
  const open = overrides.filter(({ endedAt }) => endedAt === null);
  const past = overrides.filter(({ endedAt }) => endedAt !== null);
  return (
    <Card aria-label="Plan">
      <CardHeader
        title="Plan"
        description={`${planLabel(terms.plan)}, ${SOURCES[terms.source]}.`}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button size="small" onClick={() => setAct("override")}>
              Give more
            </Button>
            <Button size="small" onClick={() => setAct("plan")} disabled={terms.source === "stripe"}>
              Change plan
            </Button>
          </div>
        }
      />
      <CardBody className="flex flex-col gap-4">
        <DescriptionList
          items={[
            { term: "In force", value: planLabel(terms.plan) },
            ...(terms.trialEndsAt
              ? [{ term: "Trial ends", value: <RelativeTime at={terms.trialEndsAt} timeZone={ZONE} /> }]
              : []),
            {
              term: "Period ends",
              value: <RelativeTime at={terms.period.end} timeZone={ZONE} />,
            },
          ]}
        />
        {open.length > 0 && (
          <section className="flex flex-col gap-2">
            <h3 className="text-sm font-medium text-ink">Besides the plan</h3>
            <ul className="flex flex-col gap-2">
              {open.map((given) => (
                <li key={given.entitlement} className="flex flex-wrap items-start justify-between gap-2">
                  <span className="min-w-0 text-sm break-words text-ink-soft">
                    <span className="text-base text-ink">
                      {spacedName(given.entitlement)}: {limitWords(given.entitlement, given.limit)}
                    </span>
                    <br />
                    {given.by ?? "The platform"}, <RelativeTime at={given.createdAt} timeZone={ZONE} />
                    {given.expiresAt && (
                      <>
                        , until <RelativeTime at={given.expiresAt} timeZone={ZONE} />
                      </>
                    )}
                    : {given.reason}
                  </span>
                  <Button
                    size="small"
                    aria-label={`Take back ${spacedName(given.entitlement)}`}
                    onClick={() => setEnded(given)}
                  >
                    Take back
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {past.length > 0 && (
          <details className="text-sm text-ink-soft">
            <summary className="cursor-pointer pointer-coarse:py-3">
              What was given before ({past.length})
            </summary>
            <ul className="mt-2 flex flex-col gap-1">
              {past.map((given) => (
                <li key={`${given.entitlement} ${given.createdAt.getTime()}`}>
                  {spacedName(given.entitlement)}: {limitWords(given.entitlement, given.limit)}, until{" "}
                  {given.endedAt && <RelativeTime at={given.endedAt} timeZone={ZONE} />}: {given.reason}
                </li>
              ))}
            </ul>
          </details>
        )}
      </CardBody>
      {act === "plan" && <PlanDialog org={org} onClose={() => setAct(null)} />}
      {act === "override" && <OverrideDialog org={org} onClose={() => setAct(null)} />}
      {ended && <TakeBackDialog org={org} given={ended} onClose={() => setEnded(null)} />}
    </Card>
  );
}

function PlanDialog({ org, onClose }: Of & { onClose: () => void }) {
  const others = PLANS.filter((plan) => plan !== org.terms.basePlan);
  const [plan, setPlan] = useState<Plan>(others[0]!);
  const change = api.admin.changePlan.useMutation({ onSuccess: useActed("The plan was changed") });
  return (
    <ReasonDialog
      title={`Change the plan of ${org.name}`}
      description="It holds at once, without a bill. Free takes back what was given."
      confirmLabel="Change plan"
      tone="primary"
      onConfirm={(reason) => change.mutateAsync({ orgId: org.id, plan, reason })}
      onClose={onClose}
    >
      {() => (
        <Field id="plan" label="Plan">
          <Select
            value={plan}
            onValueChange={(value) => setPlan(value as Plan)}
            options={others.map((value) => ({ value, label: planLabel(value) }))}
          />
        </Field>
      )}
    </ReasonDialog>
  );
}

function OverrideDialog({ org, onClose }: Of & { onClose: () => void }) {
  const [entitlement, setEntitlement] = useState<SetOverrideInput["entitlement"]>("jobs");
  const [limit, setLimit] = useState("");
  const [day, setDay] = useState("");
  const give = api.admin.setOverride.useMutation({ onSuccess: useActed("It holds from now on") });
  return (
    <ReasonDialog
      title={`Give ${org.name} more, or less`}
      description="Holds besides the plan, in place of what was given before."
      confirmLabel="Give"
      tone="primary"
      onConfirm={(reason) =>
        give.mutateAsync({
          orgId: org.id,
          ...{ entitlement, reason },
          limit: limit.trim() === "" ? Number.NaN : Number(limit),
          expiresAt: expiryOf(day),
        })
      }
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field id="entitlement" label="What">
            <Select
              value={entitlement}
              onValueChange={(value) => setEntitlement(value as SetOverrideInput["entitlement"])}
              options={ENTITLEMENTS.map((value) => ({ value, label: spacedName(value) }))}
            />
          </Field>
          <Field
            id="limit"
            label="Limit"
            help={isCounted(entitlement) ? "-1 is unlimited." : "1 is on, 0 is off."}
            error={errors.limit?.[0]}
            required
          >
            <Input inputMode="numeric" value={limit} onChange={(event) => setLimit(event.target.value)} />
          </Field>
          <UntilField day={day} onDay={setDay} error={errors.expiresAt?.[0]} />
        </>
      )}
    </ReasonDialog>
  );
}

function TakeBackDialog({
  org,
  given,
  onClose,
}: Of & { given: OrganizationView["overrides"][number]; onClose: () => void }) {
  const end = api.admin.endOverride.useMutation({ onSuccess: useActed("The plan decides again") });
  return (
    <ReasonDialog
      title={`Take back ${spacedName(given.entitlement)}`}
      description={`From now on ${org.name} has what its plan says.`}
      confirmLabel="Take back"
      onConfirm={(reason) =>
        end.mutateAsync({
          orgId: org.id,
          entitlement: given.entitlement as SetOverrideInput["entitlement"],
          reason,
        })
      }
      onClose={onClose}
    />
  );
}
