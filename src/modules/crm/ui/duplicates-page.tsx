"use client";
/** Groups of records that may be one, each with the way to merge two of them. */
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { DataList } from "~/ui/data-list";
import { EmptyState } from "~/ui/empty-state";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { Pagination } from "~/ui/pagination";
import { RelativeTime } from "~/ui/relative-time";
import { TabLinks } from "~/ui/tab-links";
import { toast } from "~/ui/toast";
import type { DuplicateGroup, DuplicatesInput, RecordRef } from "../schema";
import { useRecordCalls } from "./use-record-calls";

type Props = { kind: RecordRef["kind"]; input: DuplicatesInput };

const WORDS = {
  company: { many: "companies", address: "Domain", place: "City", name: "Same name" },
  contact: { many: "contacts", address: "Mail address", place: "Company", name: "Same name and company" },
} as const;

export function DuplicatesPage({ kind, input }: Props) {
  const { slug } = useTenancy().currentOrganization;
  const words = WORDS[kind];
  const path = `/o/${slug}/${words.many}/duplicates`;
  return (
    <>
      <PageHeader
        title={`Duplicate ${words.many}`}
        description="Records that may be one and the same. Nothing is merged by itself, and a merge can be undone for 30 days."
      >
        <TabLinks
          label="How they are alike"
          items={[
            { href: path, label: words.name, exact: true },
            { href: `${path}/phone`, label: "Same phone" },
          ]}
        />
      </PageHeader>
      {kind === "company" ? <OfCompanies input={input} /> : <OfContacts input={input} />}
    </>
  );
}

function OfCompanies({ input }: { input: DuplicatesInput }) {
  const [page] = api.crm.companies.duplicates.useSuspenseQuery(input);
  return <Groups kind="company" input={input} page={page} />;
}

function OfContacts({ input }: { input: DuplicatesInput }) {
  const [page] = api.crm.contacts.duplicates.useSuspenseQuery(input);
  return <Groups kind="contact" input={input} page={page} />;
}

function Groups({
  kind,
  input,
  page,
}: Props & { page: { items: DuplicateGroup[]; nextCursor: string | null } }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const dismiss = useDismiss(kind, input.by);
  const words = WORDS[kind];
  const list = `/o/${slug}/${words.many}`;
  const path = input.by === "name" ? `${list}/duplicates` : `${list}/duplicates/phone`;
  if (page.items.length === 0 && !input.cursor) {
    return (
      <EmptyState
        title="No duplicates found"
        description={
          input.by === "name"
            ? "Names are compared without case, signs and legal form."
            : "Phones are compared by their last nine digits."
        }
        action={
          <Button asChild>
            <PageLink href={list}>Back to {words.many}</PageLink>
          </Button>
        }
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {page.items.map((group) => {
        const [first, second] = group.records;
        const { records, total } = group;
        return (
          <Card key={group.key}>
            <CardHeader
              title={first!.name}
              description={
                total > records.length
                  ? `${total.toLocaleString("en")} records; the oldest ${records.length} are shown.`
                  : `${total} records`
              }
              actions={
                mayWrite && (
                  <>
                    <Button size="small" variant="ghost" onClick={() => void dismiss(group)}>
                      Not the same
                    </Button>
                    <Button size="small" asChild>
                      <PageLink href={`${list}/merge?first=${first!.id}&second=${second!.id}`}>
                        {total === 2 ? "Compare and merge" : "Merge the first two"}
                      </PageLink>
                    </Button>
                  </>
                )
              }
            />
            <DataList
              frame="plain"
              label={`Alike: ${first!.name}`}
              rows={records}
              rowKey={({ id }) => id}
              rowHref={({ id }) => `${list}/${id}`}
              columns={[
                { key: "name", label: "Name", cell: ({ name }) => name },
                { key: "address", label: words.address, width: "24%", cell: ({ address }) => address },
                { key: "phone", label: "Phone", width: "18%", from: "wide", cell: ({ phone }) => phone },
                { key: "place", label: words.place, width: "18%", from: "wide", cell: ({ place }) => place },
                {
                  key: "created",
                  label: "Added",
                  width: "8.5rem",
                  from: "wider",
                  cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
                },
              ]}
            />
          </Card>
        );
      })}
      <Pagination
        label="Pages of duplicates"
        previousHref={input.cursor ? path : null}
        previousLabel="First page"
        nextHref={page.nextCursor && `${path}?after=${page.nextCursor}`}
      />
    </div>
  );
}

/** Takes a group off the page for good, with the way back. */
function useDismiss(kind: RecordRef["kind"], by: DuplicatesInput["by"]) {
  const calls = useRecordCalls(kind);
  const onError = (error: unknown) => toast.error(refusalOf(error).message);
  return async ({ key, total, records }: DuplicateGroup) => {
    const group = { by, key, total };
    try {
      await calls.dismiss(group);
    } catch (error) {
      return onError(error);
    }
    calls.refresh();
    toast.undo(`${records[0]!.name} and the others stay apart.`, {
      description: "They are shown again when one more joins them.",
      onUndo: () => void calls.recall(group).then(calls.refresh, onError),
    });
  };
}
