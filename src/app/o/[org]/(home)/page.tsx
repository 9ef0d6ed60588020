import { notFound } from "next/navigation";
import { allows } from "~/kernel/roles";
import { mayThere } from "~/modules/tenancy";
import { SampleData } from "~/modules/crm/ui";
import { JobState } from "~/modules/jobs/ui";
import { SetupChecklist } from "~/modules/tenancy/ui";
import { Hydrate, pageOrg, prefetchApi, serverApi } from "~/trpc/server";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import { spacedName } from "~/ui/spaced-name";
import { Stat, StatRow } from "~/ui/stat";
import { visitorOf } from "../visitor";

const RECENT = 5;

/** What is here, what runs, and what comes next: put together from the parts of the product, each with its own rights. */
export default async function Home({ params }: { params: Promise<{ org: string }> }) {
  const { org: slug } = await params;
  const [org, visitor] = await Promise.all([pageOrg(slug), visitorOf(slug)]);
  // The layout answers the same, but does not come first: both are rendered side by side.
  if (!org || !visitor) notFound();
  const api = serverApi(slug);
  const whose = allows(org.role, "job.readAll") ? "all" : "mine";
  const [companies, contacts, jobs, running, imports] = await Promise.all([
    api.crm.companies.count({}),
    api.crm.contacts.count({}),
    api.jobs.list({ whose, limit: RECENT }),
    api.jobs.list({ whose, status: "RUNNING", limit: 100 }),
    api.crm.imports.list({ limit: 1 }),
    prefetchApi(slug).trpc.tenancy.setup.prefetch(),
    prefetchApi(slug).trpc.crm.samples.state.prefetch(),
  ]);
  const home = `/o/${slug}`;
  const mayImport = mayThere(visitor, "import.create");
  const firstImport = {
    key: "import",
    title: "Import your customers",
    detail: "Drop a CSV file of companies or contacts. It runs on if you close the page.",
    href: `${home}/imports/new`,
    isDone: imports.items.length > 0,
  };
  const mayWork = mayThere(visitor, "job.write");
  const firstJob = {
    key: "job",
    title: "See a job through",
    detail: "An import or an export is one: it runs on its own, and tells you when it is done.",
    href: `${home}/jobs`,
    isDone: jobs.items.some(({ status }) => status === "COMPLETED"),
  };
  return (
    <Hydrate orgSlug={slug}>
      <PageHeader title={org.name} description="What is here, what runs, and what comes next." />
      <div className="flex flex-col gap-6">
        <StatRow className="grid-cols-3">
          <Stat
            label={
              <Link look="quiet" href={`${home}/companies`}>
                Companies
              </Link>
            }
            value={<FormattedNumber value={companies.count} />}
          />
          <Stat
            label={
              <Link look="quiet" href={`${home}/contacts`}>
                Contacts
              </Link>
            }
            value={<FormattedNumber value={contacts.count} />}
          />
          <Stat
            label={
              <Link look="quiet" href={`${home}/jobs`}>
                Jobs running
              </Link>
            }
            value={
              <>
                <FormattedNumber value={running.items.length} />
                {running.nextCursor && "+"}
              </>
            }
            hint={whose === "mine" ? "Yours" : undefined}
          />
        </StatRow>
        <SampleData />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <SetupChecklist own={[...(mayImport ? [firstImport] : []), ...(mayWork ? [firstJob] : [])]} />
          <Card aria-label="Recent jobs">
            <CardHeader
              title="Recent jobs"
              actions={jobs.items.length > 0 && <Link href={`${home}/jobs`}>All jobs</Link>}
            />
            {jobs.items.length === 0 ? (
              <CardBody className="text-ink-soft">
                No job has run yet. An import is one; its progress stands here.
              </CardBody>
            ) : (
              <ul className="divide-y divide-line">
                {jobs.items.map((job) => (
                  <li key={job.id}>
                    <PageLink
                      href={`${home}/jobs/${job.id}`}
                      className="flex items-center gap-3 px-4 py-2.5 -outline-offset-2! transition-colors hover:bg-ink/3"
                    >
                      <span className="min-w-0 grow">
                        <span className="block truncate font-medium text-ink">
                          {spacedName(job.taskType)}
                        </span>
                        <span className="block truncate text-sm text-ink-soft">
                          {job.startedBy.name ?? "A former member"},{" "}
                          <RelativeTime at={job.createdAt} timeZone={org.timeZone} />
                        </span>
                      </span>
                      <span className="shrink-0 text-sm">
                        <JobState status={job.status} />
                      </span>
                    </PageLink>
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
    </Hydrate>
  );
}
