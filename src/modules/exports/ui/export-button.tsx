"use client";
import { Braces, Download } from "lucide-react";
import { useFollowJob } from "~/modules/jobs/ui";
import { useMay } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { formatNumber } from "~/ui/format-number";
import { IconButton } from "~/ui/icon-button";
import { useTableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import { useDownload } from "./use-download";

type Props = {
  /** As its definition calls it: "companies". */
  list: string;
  nouns: { one: string; many: string };
  /** Names of the list's filters in the address. */
  filterKeys: readonly string[];
  /** What the file is made of; CSV by itself. */
  format?: "csv" | "jsonl";
};

const FORMATS = { csv: { name: "CSV", icon: <Download /> }, jsonl: { name: "JSONL", icon: <Braces /> } };

/** Writes what the list shows, all pages of it, into a file; a toast follows it to the download. */
export function ExportButton({ list, nouns, filterKeys, format = "csv" }: Props) {
  const mayExport = useMay("export.create");
  const { asked } = useTableAddress(filterKeys);
  const follow = useFollowJob();
  const { download } = useDownload();
  const start = api.exports.start.useMutation({
    onSuccess: ({ id, jobId }) =>
      follow({
        jobId,
        doing: `Writing ${nouns.many} into a file`,
        onCompleted: (job, toastId) => {
          const rows = Number(job.result?.rows ?? 0);
          toast.success(`${formatNumber(rows)} ${rows === 1 ? nouns.one : nouns.many} exported`, {
            id: toastId,
            stays: true,
            description: "The file is kept for 7 days with its job.",
            action: { label: "Download", onPress: () => download(id) },
          });
        },
      }),
    onError: (error) => toast.error("Nothing was exported", { description: refusalOf(error).message }),
  });
  if (!mayExport) return null;
  const { after: _page, ...filters } = asked;
  return (
    <IconButton
      label={`Export ${nouns.many} as ${FORMATS[format].name}`}
      icon={FORMATS[format].icon}
      variant="secondary"
      loading={start.isPending}
      onClick={() => start.mutate({ list, asked: filters, format })}
    />
  );
}
