"use client";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { formatNumber } from "~/ui/format-number";
import { Progress } from "~/ui/progress";
import { RelativeTime } from "~/ui/relative-time";
import type { ExportView } from "../schema";
import { countWords } from "./words";

type Act<Input> = { mutate: (input: Input) => void; isPending: boolean; error: unknown };

type Props = {
  title: string;
  description: string;
  /** Undefined while they are read, null when they could not be. */
  exports: readonly ExportView[] | undefined | null;
  timeZone: string;
  start: Act<void>;
  /** Gets a link, and follows it. */
  fetch: Act<{ id: string }> & { variables?: { id: string } | undefined };
};

/** The link downloads: the page stays. */
export const follow = ({ url }: { url: string }): void => window.location.assign(url);

/** Asks for a file with everything, and lists those that were asked for. */
export function ExportCard({ title, description, exports, timeZone, start, fetch }: Props) {
  const isRunning = exports?.some(({ state }) => state === "running") ?? true;
  const error = start.error ?? fetch.error;
  const refused =
    exports === null
      ? "What was exported before could not be read. Reload the page."
      : error
        ? refusalOf(error).message
        : null;
  return (
    <Card aria-label={title}>
      <CardHeader
        title={title}
        description={description}
        className={!exports?.length && !refused ? "border-b-0" : undefined}
        actions={
          <Button loading={start.isPending} disabled={isRunning} onClick={() => start.mutate()}>
            Export everything
          </Button>
        }
      />
      {refused && (
        <CardBody>
          <p role="alert" className="text-sm text-negative">
            {refused}
          </p>
        </CardBody>
      )}
      {exports && exports.length > 0 && (
        <ul className="divide-y divide-line" aria-live="polite">
          {exports.map((one) => (
            <li
              key={one.id}
              className="flex min-h-14 flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3"
            >
              <div className="min-w-0 grow basis-52">
                <p className="text-base text-ink">
                  Export, <RelativeTime at={one.requestedAt} timeZone={timeZone} />
                </p>
                <State one={one} timeZone={timeZone} />
              </div>
              {one.state === "finished" && (
                <Button
                  size="small"
                  loading={fetch.isPending && fetch.variables?.id === one.id}
                  onClick={() => fetch.mutate({ id: one.id })}
                >
                  Download
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function State({ one, timeZone }: { one: ExportView; timeZone: string }) {
  const { state, rowsWritten, sizeBytes, expiresAt } = one;
  const rows = countWords(rowsWritten, "row", "rows");
  switch (state) {
    case "running":
      return (
        <div className="mt-1 flex max-w-72 flex-col gap-1.5">
          <Progress label="Export" value={null} valueText={`${rows} written`} />
          <p className="text-sm text-ink-soft">
            Being written{rowsWritten > 0 ? `, ${rows} so far` : ""}. We mail you when it is ready.
          </p>
        </div>
      );
    case "finished":
      return (
        <p className="text-sm text-ink-soft">
          {rows}, {formatNumber(sizeBytes, { style: "bytes" })}.
          {expiresAt && (
            <>
              {" "}
              The file is removed <RelativeTime at={expiresAt} timeZone={timeZone} />.
            </>
          )}
        </p>
      );
    case "failed":
      return <p className="text-sm text-negative">It could not be written. Start a new one.</p>;
    case "expired":
      return <p className="text-sm text-ink-soft">Its 7 days are over, and the file is removed.</p>;
  }
}
