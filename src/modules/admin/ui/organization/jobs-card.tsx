"use client";
import { useState } from "react";
import { JOB_STATUS_WORDS, JobState } from "~/modules/jobs/ui";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import type { OrganizationView } from "../../schema";
import { isOpen, JobAct } from "../job-act";
import { ZONE } from "../zone";

type Of = { org: OrganizationView };

type LastJob = OrganizationView["jobs"]["last"][number];
export function JobsCard({ org }: Of) {
  const [acted, setActed] = useState<LastJob | null>(null);
  const { counts, last } = org.jobs;
  const columns: DataListColumn<LastJob>[] = [
    { key: "work", label: "Work", cell: ({ taskType }) => spacedName(taskType) },
    {
      key: "status",
      label: "Status",
      width: "8rem",
      cell: ({ status }) => <JobState status={status} />,
    },
    {
      key: "at",
      label: "Asked for",
      width: "8rem",
      from: "wide",
      cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={ZONE} />,
    },
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
          aria-label={`${isOpen(job.status) ? "Cancel" : "Run again"}: ${spacedName(job.taskType)}, ${JOB_STATUS_WORDS[job.status]}`}
          onClick={() => setActed(job)}
        >
          {isOpen(job.status) ? "Cancel" : "Run again"}
        </Button>
      ),
    },
  ];
  const said = Object.entries(counts)
    .map(([status, count]) => `${count} ${JOB_STATUS_WORDS[status as LastJob["status"]].toLowerCase()}`)
    .join(", ");
  return (
    <Card aria-label="Jobs">
      <CardHeader
        title="Jobs"
        description={said === "" ? "None yet." : `${said}.`}
        actions={<Link href={`/admin/jobs?org=${org.id}`}>All jobs</Link>}
      />
      {last.length > 0 && (
        <DataList label="Last jobs" frame="plain" columns={columns} rows={last} rowKey={({ id }) => id} />
      )}
      {acted && <JobAct job={{ ...acted, org }} onClose={() => setActed(null)} />}
    </Card>
  );
}
