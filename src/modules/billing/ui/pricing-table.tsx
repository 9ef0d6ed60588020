import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { PLAN_WORDS, UNLIMITED, type Entitlement } from "~/kernel/plans";
import { FormattedNumber } from "~/ui/number";
import type { Pricing } from "../schema";

const ROWS: { name: Entitlement; label: string; unit?: string }[] = [
  { name: "members", label: "Members" },
  { name: "jobs", label: "Jobs a month" },
  { name: "ai_tokens", label: "AI tokens a month" },
  { name: "images", label: "Images a month" },
  { name: "tts_minutes", label: "Speech, minutes a month" },
  { name: "render_minutes", label: "Rendering, minutes a month" },
  { name: "storage_gb", label: "Storage", unit: "GB" },
  { name: "crm", label: "CRM" },
  { name: "storefront", label: "Storefront" },
  { name: "studio", label: "Studio" },
  { name: "calendar_sync", label: "Calendar sync" },
  { name: "workflows", label: "Workflows" },
  { name: "proposals", label: "Proposals" },
  { name: "smart_tasks", label: "Smart tasks" },
  { name: "ai_copilot", label: "AI copilot" },
  { name: "agents", label: "Agents" },
  { name: "slack_integration", label: "Slack" },
  { name: "advanced_reporting", label: "Advanced reporting" },
  { name: "revenue_splitting", label: "Revenue splitting" },
  { name: "browser_automation", label: "Browser automation" },
  { name: "rendering_4k", label: "4K rendering" },
  { name: "youtube_publishing", label: "YouTube publishing" },
];
const COUNTED = new Set<Entitlement>([
  "members",
  "jobs",
  "ai_tokens",
  "images",
  "tts_minutes",
  "render_minutes",
  "storage_gb",
]);

function Value({ name, limit, unit }: { name: Entitlement; limit: number; unit?: string }) {
  if (COUNTED.has(name))
    return limit === UNLIMITED ? (
      "Unlimited"
    ) : limit === 0 ? (
      <No />
    ) : (
      <FormattedNumber value={limit} unit={unit} />
    );
  return limit === 0 ? (
    <No />
  ) : (
    <>
      <Check aria-hidden className="size-4 text-accent" />
      <span className="sr-only">Included</span>
    </>
  );
}

const No = () => (
  <>
    <Minus aria-hidden className="size-4 text-ink-faint" />
    <span className="sr-only">Not included</span>
  </>
);

/** Plans beside each other; each with the way to it. `act` is drawn once per plan. */
export function PricingTable({
  pricing,
  act,
}: {
  pricing: Pricing;
  act: (plan: Pricing["plans"][number]["plan"]) => ReactNode;
}) {
  return (
    <div className="flex flex-col gap-10">
      <ul className="grid gap-4 md:grid-cols-3">
        {pricing.plans.map(({ plan, price, limits }) => (
          <li key={plan} className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5">
            <div className="flex flex-col gap-1">
              <h2 className="text-lg font-semibold text-ink">{PLAN_WORDS[plan].label}</h2>
              <p className="text-base text-ink-soft">{PLAN_WORDS[plan].for}</p>
            </div>
            <p className="text-2xl font-semibold text-ink">
              {price === null ? (
                "By agreement"
              ) : (
                <>
                  <FormattedNumber value={price} currency="USD" maximumFractionDigits={0} />
                  <span className="text-base font-normal text-ink-soft"> a month</span>
                </>
              )}
            </p>
            {act(plan)}
            <dl className="flex flex-col divide-y divide-line border-t border-line text-base">
              {ROWS.map(({ name, label, unit }) => (
                <div key={name} className="flex min-h-row items-center justify-between gap-4 py-1">
                  <dt className="text-ink-soft">{label}</dt>
                  <dd className="text-end text-ink">
                    <Value name={name} limit={limits[name]} unit={unit} />
                  </dd>
                </div>
              ))}
              <div className="flex min-h-row items-center justify-between gap-4 py-1">
                <dt className="shrink-0 text-ink-soft">Support</dt>
                <dd className="text-end text-ink">{PLAN_WORDS[plan].support}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold text-ink">Beyond the plan</h2>
        <p className="max-w-prose text-base text-ink-soft">
          On Free, work stops at the limit. On Pro you may let it go on, up to an amount that you set; you pay
          for what was used, never by seat.
        </p>
        <ul className="grid gap-px overflow-clip rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
          {pricing.overage.map(({ label, price, per }) => (
            <li key={label} className="flex flex-col gap-0.5 bg-surface p-4">
              <span className="text-sm text-ink-soft">{label}</span>
              <span className="text-base text-ink">
                <FormattedNumber
                  value={price}
                  currency="USD"
                  minimumFractionDigits={2}
                  maximumFractionDigits={3}
                />{" "}
                per {per}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
