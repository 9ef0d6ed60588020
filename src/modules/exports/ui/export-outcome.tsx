"use client";
import { Download, FileDown } from "lucide-react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { useDownload } from "./use-download";

const ASK_EVERY_MS = 2_000;

/** The file of an export on the page of its job. */
export function ExportOutcome({ jobId }: { jobId: string }) {
  const { timeZone } = useTenancy().currentOrganization;
  const mayExport = useMay("export.create");
  const { download, isPending } = useDownload();
  const { data: file } = api.exports.ofJob.useQuery(
    { jobId },
    {
      retry: false,
      refetchInterval: ({ state }) => (state.data?.status === "running" ? ASK_EVERY_MS : false),
    },
  );
  if (!file || file.status === "running") return null;
  const isThere = file.status === "finished";
  return (
    <Card aria-label="File" className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <FileDown aria-hidden className="size-5 shrink-0 text-ink-soft" />
      <div className="min-w-48 grow">
        <p className="font-medium break-all">{file.fileName}</p>
        <p className="text-sm text-ink-soft">
          {isThere ? (
            <>
              <FormattedNumber value={file.rowCount} unit={file.rowCount === 1 ? "row" : "rows"} />
              {" · "}
              <FormattedNumber value={file.sizeBytes} style="bytes" />
              {" · gone "}
              <RelativeTime at={file.expiresAt!} timeZone={timeZone} />
            </>
          ) : (
            "It was kept for 7 days and is gone. Export the list again."
          )}
        </p>
      </div>
      {isThere && mayExport && (
        <Button
          variant="primary"
          icon={<Download aria-hidden />}
          loading={isPending}
          onClick={() => download(file.id)}
        >
          Download
        </Button>
      )}
    </Card>
  );
}
