"use client";
import { ShieldAlert, ShieldCheck } from "lucide-react";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { formatNumber } from "~/ui/format-number";
import { RelativeTime } from "~/ui/relative-time";
import { Skeleton } from "~/ui/skeleton";
import { FAULT_WORDS } from "../rules";

/** How far the log is sealed and verified; where something is wrong with it, that and nothing else. */
export function ChainLine({ timeZone }: { timeZone: string }) {
  const { data: chain, isError } = api.audit.chain.useQuery(undefined, { refetchInterval: 60_000 });
  if (isError) return null;
  if (!chain) return <Skeleton className="mb-4 h-5 w-80 max-w-full" />;
  const { sealed, head, verified, fault } = chain;
  if (fault) {
    const which = fault.entryId ? `Entry ${fault.entryId}` : `The entry of seal ${fault.seq}`;
    return (
      <Banner tone="negative" title="The log does not verify" className="mb-4">
        {which} {FAULT_WORDS[fault.kind]}. Those who run the platform were told; what stands before it can be
        relied on.
      </Banner>
    );
  }
  const Icon = verified ? ShieldCheck : ShieldAlert;
  return (
    <p className="mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-soft">
      <Icon aria-hidden className="size-4 shrink-0" />
      {head ? (
        <span title={head.hash}>
          {formatNumber(sealed)} {sealed === 1 ? "entry" : "entries"} sealed,
        </span>
      ) : (
        <span>Nothing sealed yet</span>
      )}
      {verified && (
        <span>
          verified {verified.seq === sealed ? "to the last one" : `to number ${formatNumber(verified.seq)}`},{" "}
          <RelativeTime at={verified.at} timeZone={timeZone} />
        </span>
      )}
      {!verified && head && <span>verified for the first time within ten minutes</span>}
    </p>
  );
}
