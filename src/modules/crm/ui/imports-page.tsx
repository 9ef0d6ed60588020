"use client";
import { FileUp } from "lucide-react";
import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataList } from "~/ui/data-list";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import type { ImportItem, ImportListInput } from "../schema";
import { ENTITY_WORDS, STATUS_WORDS } from "./import-words";
import { ownerName } from "./owner-name";

const REFRESH_MS = 5_000;

const Status = ({ status }: { status: ImportItem["status"] }) => {
  switch (status) {
    case "finished":
      return <StatusDot tone="positive">{STATUS_WORDS[status]}</StatusDot>;
    case "started":
      return (
        <StatusDot tone="info" shape="half">
          {STATUS_WORDS[status]}
        </StatusDot>
      );
    default:
      return (
        <StatusDot tone="neutral" shape="ring">
          {STATUS_WORDS[status]}
        </StatusDot>
      );
  }
};

/** `input` comes from the address. */
export function ImportsPage({ input }: { input: ImportListInput }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayImport = useMay("import.create");
  const path = usePathname();
  const [page] = api.crm.imports.list.useSuspenseQuery(input, {
    // Counts move while one runs.
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.status === "started") ? REFRESH_MS : false,
  });
  const begin = mayImport && (
    <Button variant="primary" icon={<FileUp aria-hidden />} asChild>
      <NextLink href={`/o/${slug}/imports/new`}>Import a file</NextLink>
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Imports"
        description="Lists of companies and contacts that came from files, and what became of their rows."
        actions={begin}
      />
      {page.items.length === 0 && !input.cursor ? (
        <EmptyState
          title="No imports yet"
          description="Bring a list of companies or contacts from a spreadsheet or another system. You see how the first rows come out before anything is stored."
          sample={
            <SampleRows
              rows={[
                { icon: <FileUp />, title: "customers-2026.csv", detail: "companies", state: "4,812 rows" },
                { icon: <FileUp />, title: "trade-fair.csv", detail: "contacts", state: "233 rows" },
                { icon: <FileUp />, title: "partners.txt", detail: "companies", state: "57 rows" },
              ]}
            />
          }
          action={begin}
        />
      ) : (
        <DataList
          label="Imports"
          rows={page.items}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/o/${slug}/imports/${id}`}
          columns={[
            {
              key: "file",
              label: "File",
              cell: ({ fileName, entity }) => (
                <>
                  {fileName} <span className="font-normal text-ink-soft">{ENTITY_WORDS[entity].many}</span>
                </>
              ),
            },
            {
              key: "status",
              label: "State",
              width: "10rem",
              cell: ({ status }) => <Status status={status} />,
            },
            {
              key: "rows",
              label: "Rows",
              width: "7rem",
              align: "end",
              from: "wide",
              cell: ({ counts }) => <FormattedNumber value={counts.rows} />,
            },
            {
              key: "refused",
              label: "Refused",
              width: "7rem",
              align: "end",
              from: "wide",
              cell: ({ counts }) => <FormattedNumber value={counts.refused} />,
            },
            { key: "by", label: "By", width: "10rem", from: "wider", cell: ({ by }) => ownerName(by) },
            {
              key: "created",
              label: "Begun",
              width: "9rem",
              from: "wider",
              cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
            },
          ]}
          footer={
            <Pagination
              label="Pages of imports"
              previousHref={input.cursor ? path : null}
              previousLabel="First page"
              nextHref={page.nextCursor && `${path}?after=${encodeURIComponent(page.nextCursor)}`}
            />
          }
        />
      )}
    </>
  );
}
