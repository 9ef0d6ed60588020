"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { Sheet, SheetContent, SheetTrigger } from "~/ui/sheet";
import { Skeleton } from "~/ui/skeleton";
import { meterOf } from "../rules";
import type { InvoiceDetail, InvoiceItem } from "../schema";
import { OVERAGE_WORDS } from "./words";

/** An invoice's number, which opens what it is made of. */
export function InvoiceSheet({ invoice }: { invoice: InvoiceItem }) {
  const number = invoice.number ?? "Not given yet";
  return (
    <Sheet>
      <SheetTrigger>
        <Button variant="ghost" size="small" className="-ms-2 font-mono">
          {number}
          <span className="sr-only">: what it is made of</span>
        </Button>
      </SheetTrigger>
      <SheetContent title={`Invoice ${number}`} description="What it is made of, and what each use was for.">
        <Lines id={invoice.id} />
      </SheetContent>
    </Sheet>
  );
}

function Lines({ id }: { id: string }) {
  const { data, error, refetch } = api.billing.invoice.useQuery({ id });
  if (error)
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-base text-ink-soft">{refusalOf(error).message}</p>
        <Button onClick={() => void refetch()}>Try again</Button>
      </div>
    );
  if (!data)
    return (
      <div role="status" className="flex flex-col gap-4">
        <span className="sr-only">Loading</span>
        <Skeleton className="h-5" />
        <Skeleton className="h-5" />
      </div>
    );
  const { currency, discount, tax, total } = data;
  const sums = [
    { term: "Discount", amount: `-${discount}` },
    { term: "Tax", amount: tax },
  ].filter(({ amount }) => Number(amount) !== 0);
  return (
    <div className="flex flex-col gap-4">
      <ul aria-label="Lines" className="flex flex-col divide-y divide-line">
        {data.lines.map((line) => (
          <Line key={line.id} line={line} currency={currency} />
        ))}
      </ul>
      <dl className="flex flex-col gap-2 border-t border-line pt-3">
        {[...sums, { term: "Total", amount: total }].map(({ term, amount }) => (
          <div key={term} className="flex items-baseline justify-between gap-4 text-base">
            <dt className="text-ink-soft">{term}</dt>
            <dd>
              <FormattedNumber value={amount} currency={currency} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** A line of usage leads to the entries of the ledger that it was made of. */
function Line({ line, currency }: { line: InvoiceDetail["lines"][number]; currency: string }) {
  const { slug } = useTenancy().currentOrganization;
  const { description, amount, meter, period } = line;
  return (
    <li className="flex flex-col gap-1 py-3">
      <span className="flex items-baseline justify-between gap-4">
        <span className="min-w-0 text-base break-words text-ink">{description}</span>
        <FormattedNumber value={amount} currency={currency} />
      </span>
      {meter && (
        <Link
          href={`/o/${slug}/usage/${meterOf(meter)}?from=${period.start.toISOString()}`}
          className="w-fit pointer-coarse:py-3"
        >
          What was counted<span className="sr-only">: {OVERAGE_WORDS[meter]}</span>
        </Link>
      )}
    </li>
  );
}
