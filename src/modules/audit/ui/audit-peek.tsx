"use client";
import type { ReactNode } from "react";
import { api, failureOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { ErrorState } from "~/ui/error-state";
import { Link } from "~/ui/link";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import { Skeleton } from "~/ui/skeleton";
import type { AuditItem } from "../schema";
import { actorName } from "./actor-name";

type Props = { id: string; path: string; orgPath: string; timeZone: string };

/** One entry whole: the values before and after, from where, by what, and its seal. */
export function AuditPeek({ id, ...place }: Props) {
  const query = api.audit.entry.useQuery({ id });
  const failure = failureOf(query);
  if (failure)
    return (
      <ErrorState
        title="This entry could not be shown"
        safe="The list beside it still works."
        next={failure.message}
        correlationId={failure.correlationId ?? undefined}
        actions={<Button onClick={failure.onRetry}>Try again</Button>}
      />
    );
  if (!query.data)
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-6 w-3/4" />
        <Skeleton className="h-40 w-full" />
      </div>
    );
  return <Entry entry={query.data} {...place} />;
}

function Entry({ entry, path, orgPath, timeZone }: { entry: AuditItem } & Omit<Props, "id">) {
  const { target, via, address, correlationId, seal, isErased } = entry;
  return (
    <div className="flex flex-col gap-5">
      <h2 className="text-lg font-semibold text-ink">
        {actorName(entry)} {entry.deed}
      </h2>
      {isErased && (
        <Banner tone="info" title="The values were erased">
          They were about a person who asked for it. The entry itself stands, and its seal still verifies.
        </Banner>
      )}
      <Changes before={entry.before} after={entry.after} />
      <DescriptionList
        layout="stacked"
        items={[
          { term: "When", value: <RelativeTime at={entry.at} timeZone={timeZone} /> },
          ...(target
            ? [
                {
                  term: "To what",
                  value: (
                    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                      {target.path ? (
                        <Link href={`${orgPath}${target.path}`}>{target.label ?? wordsOf(target.type)}</Link>
                      ) : (
                        <span>{target.label ?? `${wordsOf(target.type)}, without a page or gone`}</span>
                      )}
                      <CopyId value={target.id} label="Copy id" ends={4} />
                    </span>
                  ),
                },
              ]
            : []),
          ...(address ? [{ term: "From the address", value: <Mono>{address}</Mono> }] : []),
          ...(via
            ? [
                {
                  term: "By",
                  value: <Mono>{via.replace("key:", "API key ").replace("staff:", "Tenantry staff ")}</Mono>,
                },
              ]
            : []),
          { term: "Action", value: <Mono>{entry.action}</Mono> },
          ...(correlationId
            ? [
                {
                  term: "Correlation id",
                  value: <CopyId value={correlationId} label="Copy correlation id" />,
                },
              ]
            : []),
          {
            term: "Seal",
            value: seal ? (
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <span className="font-mono tabular-nums">{seal.seq}</span>
                <CopyId value={seal.hash} label="Copy the seal’s hash" ends={6} />
              </span>
            ) : (
              <Badge tone="neutral">Within a second</Badge>
            ),
          },
        ]}
      />
      <div className="flex flex-wrap gap-2">
        {target && (
          <Button asChild>
            <PageLink href={`${path}?target=${encodeURIComponent(target.id)}`}>
              Everything about this
            </PageLink>
          </Button>
        )}
        {correlationId && (
          <Button variant="ghost" asChild>
            <PageLink href={`${path}?search=${encodeURIComponent(correlationId)}`}>
              Everything of this request
            </PageLink>
          </Button>
        )}
      </div>
    </div>
  );
}

const Mono = ({ children }: { children: ReactNode }) => (
  <span className="font-mono text-sm break-all">{children}</span>
);
const wordsOf = (type: string): string => (type.charAt(0).toUpperCase() + type.slice(1)).replaceAll("_", " ");
const fieldWords = (name: string): string =>
  wordsOf(name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`));
const shown = (value: unknown): string =>
  value === null || value === undefined || value === ""
    ? "empty"
    : typeof value === "string"
      ? value
      : Array.isArray(value) && value.every((one) => typeof one === "string")
        ? value.join(", ") || "empty"
        : JSON.stringify(value);

/** Field by field; what is the same on both sides is left out. */
function Changes({ before, after }: Pick<AuditItem, "before" | "after">) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => before === null || after === null || shown(before[name]) !== shown(after[name]),
  );
  if (names.length === 0) return null;
  const both = before !== null && after !== null;
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">{both ? "Values before and after" : "Values"}</caption>
      <thead>
        <tr className="border-b border-line text-start text-xs text-ink-soft">
          <th scope="col" className="w-1/3 py-1.5 pe-2 text-start font-medium">
            Field
          </th>
          {before && (
            <th scope="col" className="py-1.5 pe-2 text-start font-medium">
              Before
            </th>
          )}
          {after && (
            <th scope="col" className="py-1.5 text-start font-medium">
              {before ? "After" : "Value"}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className="border-b border-line align-top last:border-b-0">
            <th scope="row" className="py-1.5 pe-2 text-start font-normal break-words text-ink-soft">
              {fieldWords(name)}
            </th>
            {before && (
              <td className="py-1.5 pe-2 break-words text-ink-soft">
                {both ? (
                  <del className="decoration-negative/60">{shown(before[name])}</del>
                ) : (
                  shown(before[name])
                )}
              </td>
            )}
            {after && <td className="py-1.5 break-words text-ink">{shown(after[name])}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
