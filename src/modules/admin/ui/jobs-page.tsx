"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useMemo, useState } from "react";
import { listInput } from "~/kernel/paging";
import { JOB_STATUS_WORDS } from "~/modules/jobs/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import type { DataTableColumn, DataTableFilter } from "~/ui/data-table";
import { spacedName } from "~/ui/spaced-name";
import { useTableAddress } from "~/ui/table-address";
import { JOB_STATES, JobsInput, type JobRow } from "../schema";
import { ConsoleList } from "./console-list";
import { JOBS } from "./headings";
import { isOpen, JobAct } from "./job-act";
import { jobColumns } from "./job-columns";
import { useOrganizationFilter } from "./organization-filter";

const FILTERS = ["status", "namespace", "org"];
const LIVE_MS = 10_000;

export function JobsPage() {
  const address = useTableAddress(FILTERS);
  const page = api.admin.jobs.useQuery(listInput(JobsInput, address.asked), {
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
  const [acted, setActed] = useState<JobRow | null>(null);
  const org = useOrganizationFilter(address.filters.org ?? null);
  const filters: DataTableFilter[] = [
    {
      key: "status",
      label: "Status",
      anyLabel: "Any status",
      options: JOB_STATES.map((value) => ({ value, label: JOB_STATUS_WORDS[value] })),
    },
    {
      key: "namespace",
      label: "Queue",
      anyLabel: "Any queue",
      options: ["default", "browser", "agents", "studio"].map((value) => ({
        value,
        label: spacedName(value),
      })),
    },
    org,
  ];
  const columns = useMemo<DataTableColumn<JobRow>[]>(
    () => [
      ...jobColumns,
      {
        key: "actions",
        label: "Actions",
        labelHidden: true,
        width: "8rem",
        align: "end",
        onCard: "beside",
        cell: (job) => (
          <Button
            size="small"
            aria-label={`${isOpen(job.status) ? "Cancel" : "Run again"}: ${spacedName(job.taskType)} of ${job.org.name}`}
            onClick={() => setActed(job)}
          >
            {isOpen(job.status) ? "Cancel" : "Run again"}
          </Button>
        ),
      },
    ],
    [],
  );
  return (
    <>
      <ConsoleList<JobRow>
        heading={JOBS}
        page={page}
        nouns={{ one: "job", many: "jobs" }}
        columns={columns}
        address={address}
        filters={filters}
        empty={{
          title: "No jobs yet",
          description: "Imports, exports and other long work of every organization stand here.",
          sample: { icon: <FileUp aria-hidden />, title: "Import", detail: "Northwind", state: "Running" },
        }}
      />
      {acted && <JobAct job={acted} onClose={() => setActed(null)} />}
    </>
  );
}
