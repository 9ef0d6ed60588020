"use client";
import { Download } from "lucide-react";
import { JobProgress } from "~/modules/jobs/ui";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { CursorPages, useCursorPages } from "~/ui/cursor-pages";
import { DataList } from "~/ui/data-list";
import { EmptyState } from "~/ui/empty-state";
import { formatNumber } from "~/ui/format-number";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import { Stat, StatRow } from "~/ui/stat";
import type { Import } from "../schema";
import { ImportSteps } from "./import-steps";
import { ENTITY_WORDS } from "./import-words";
import { MappingForm } from "./mapping-form";
import { ownerName } from "./owner-name";

const REFRESH_MS = 2_000;
const STEP: Record<Import["status"], number> = {
  awaiting_upload: 0,
  ready: 1,
  started: 2,
  finished: 3,
  discarded: 0,
};

export function ImportPage({ found: given }: { found: Import }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const { data: found } = api.crm.imports.get.useQuery(
    { id: given.id },
    {
      initialData: given,
      refetchInterval: ({ state }) => (state.data?.status === "started" ? REFRESH_MS : false),
    },
  );
  const { status, inspection } = found;
  const words = ENTITY_WORDS[found.entity];
  return (
    <>
      <PageHeader
        title={`Import of ${words.many}`}
        description={
          <>
            {found.fileName}, {formatNumber(found.sizeBytes, { style: "bytes" })}, by{" "}
            {found.by.isMe ? "you" : ownerName(found.by)},{" "}
            <RelativeTime at={found.createdAt} timeZone={timeZone} />
          </>
        }
        actions={
          status === "finished" && (
            <Button variant="primary" asChild>
              <PageLink href={`/o/${slug}/${words.path}`}>See {words.many}</PageLink>
            </Button>
          )
        }
      >
        {status !== "discarded" && <ImportSteps current={STEP[status]} />}
      </PageHeader>
      {status === "ready" && inspection && (
        // Another reading of the file has other columns: begin anew with them.
        <MappingForm
          key={`${inspection.encoding}${inspection.delimiter}`}
          found={found}
          inspection={inspection}
        />
      )}
      {(status === "awaiting_upload" || status === "discarded") && <WithoutFile found={found} />}
      {(status === "started" || status === "finished") && <Outcome found={found} />}
    </>
  );
}

function WithoutFile({ found }: { found: Import }) {
  const { slug } = useTenancy().currentOrganization;
  const mayImport = useMay("import.create");
  const isDiscarded = found.status === "discarded";
  return (
    <EmptyState
      title={isDiscarded ? "This import was given up" : "The file has not arrived"}
      description={
        isDiscarded
          ? "Its file is removed. What it had taken in before stays."
          : "The upload was interrupted, or the file could not be read. Nothing was imported."
      }
      action={
        mayImport && (
          <Button variant="primary" asChild>
            <PageLink href={`/o/${slug}/imports/new?entity=${found.entity}`}>Choose a file</PageLink>
          </Button>
        )
      }
    />
  );
}

function Outcome({ found }: { found: Import }) {
  const { counts, jobId } = found;
  return (
    <div className="flex flex-col gap-6">
      {jobId && <JobProgress jobId={jobId} />}
      <StatRow>
        <Stat label="Created" value={<FormattedNumber value={counts.created} />} />
        <Stat label="Updated" value={<FormattedNumber value={counts.updated} />} />
        <Stat label="Skipped" value={<FormattedNumber value={counts.skipped} />} />
        <Stat label="Refused" value={<FormattedNumber value={counts.refused} />} />
      </StatRow>
      {counts.refused > 0 && <Refusals found={found} />}
    </div>
  );
}

function Refusals({ found }: { found: Import }) {
  const { slug } = useTenancy().currentOrganization;
  const pages = useCursorPages();
  const { data, isPending } = api.crm.imports.refusals.useQuery(
    { id: found.id, cursor: pages.cursor },
    {
      placeholderData: (before) => before,
      refetchInterval: found.status === "started" ? REFRESH_MS * 2 : false,
    },
  );
  return (
    <Card>
      <CardHeader
        title="Rows that were refused"
        description="Correct them in the file and import that again; its two extra columns can be left out."
        actions={
          <Button icon={<Download aria-hidden />} asChild>
            {/* A file, not a page: the router must not fetch it ahead. */}
            <a href={`/o/${slug}/imports/${found.id}/refusals.csv`} download>
              Download all
            </a>
          </Button>
        }
      />
      <DataList
        frame="plain"
        label="Refused rows"
        loadingRows={isPending ? 5 : 0}
        rows={data?.items ?? []}
        rowKey={({ line }) => String(line)}
        columns={[
          {
            key: "line",
            label: "Line",
            width: "6rem",
            cell: ({ line }) => <FormattedNumber value={line} />,
          },
          {
            key: "reason",
            label: "Why",
            width: "52%",
            cell: ({ reason }) => <span className="whitespace-normal text-ink">{reason}</span>,
          },
          {
            key: "row",
            label: "Row",
            width: "34%",
            from: "wide",
            cell: ({ cells }) => <span title={cells.join(" · ")}>{cells.filter(Boolean).join(" · ")}</span>,
          },
        ]}
      />
      <CursorPages
        className="border-t border-line"
        pages={pages}
        nextCursor={data?.nextCursor}
        labels={["Previous", "Next"]}
      />
    </Card>
  );
}
