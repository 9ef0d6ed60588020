"use client";
import { METERS } from "~/kernel/meter-table";
import type { Meter } from "~/kernel/meters";
import { Plan, PLAN_PRICES, PLAN_WORDS } from "~/kernel/plans";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { FormattedNumber } from "~/ui/number";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import { useCheckout } from "./use-checkout";

/**
 * Where work ran into the plan: what ran out, when it begins anew, and the upgrade in one click. Takes the refused call's
 * error as it is.
 */
export function UpgradeDialog({ error, onClose }: { error: unknown; onClose: () => void }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayPay = useMay("billing.manage");
  const { upgrade, isLeaving } = useCheckout();
  const { message, details } = refusalOf(error);
  const resetsAt = typeof details.resets_at === "string" ? new Date(details.resets_at) : null;
  const next = Plan.safeParse(details.plan).data ?? null;
  const planLimit = typeof details.plan_limit === "number" ? details.plan_limit : null;
  const meter =
    typeof details.meter === "string" && details.meter in METERS ? METERS[details.meter as Meter] : null;
  const unit = meter ? meter.shownUnit : details.meter === "members" ? "members" : "";
  /** In the plan's units. */
  const shown = (units: number) => units / (meter?.unitsPerLimit ?? 1);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="small"
        title={meter ? `${meter.label} of this period are used up` : "This needs a larger plan"}
        description={message}
        footer={
          <>
            <DialogClose>
              <Button>Not now</Button>
            </DialogClose>
            {mayPay &&
              (next === "ENTERPRISE" ? (
                <Button variant="primary" asChild>
                  <PageLink href={`/o/${slug}/billing`} onClick={onClose}>
                    See billing
                  </PageLink>
                </Button>
              ) : (
                <Button variant="primary" loading={isLeaving} onClick={() => upgrade()}>
                  Upgrade to Pro
                </Button>
              ))}
          </>
        }
      >
        <dl className="flex flex-col gap-2 text-base">
          {typeof details.used === "number" && typeof details.limit === "number" && (
            <div className="flex justify-between gap-4">
              <dt className="text-ink-soft">Used</dt>
              <dd>
                <FormattedNumber value={shown(details.used)} /> of{" "}
                <FormattedNumber value={shown(details.limit)} /> {unit}
              </dd>
            </div>
          )}
          {resetsAt && (
            <div className="flex justify-between gap-4">
              <dt className="text-ink-soft">Begins anew</dt>
              <dd>
                <RelativeTime at={resetsAt} timeZone={timeZone} />
              </dd>
            </div>
          )}
          {next && planLimit !== null && (
            <div className="flex justify-between gap-4">
              <dt className="text-ink-soft">{PLAN_WORDS[next].label} has</dt>
              <dd>
                {planLimit < 0 ? (
                  "No limit"
                ) : (
                  <>
                    <FormattedNumber value={shown(planLimit)} /> {unit}
                  </>
                )}
              </dd>
            </div>
          )}
          {next !== "ENTERPRISE" && (
            <div className="flex justify-between gap-4">
              <dt className="text-ink-soft">Price of {PLAN_WORDS.PRO.label}</dt>
              <dd>
                <FormattedNumber value={PLAN_PRICES.PRO ?? "0"} currency="USD" /> a month
              </dd>
            </div>
          )}
        </dl>
        {!mayPay && (
          <p className="mt-3 text-base text-ink-soft">An owner of this organization can upgrade.</p>
        )}
      </DialogContent>
    </Dialog>
  );
}
