"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { useState } from "react";
import { listInput } from "~/kernel/paging";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import type { DataTableFilter } from "~/ui/data-table";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { RelativeTime } from "~/ui/relative-time";
import { StatusDot } from "~/ui/status-dot";
import { useTableAddress } from "~/ui/table-address";
import { StepList } from "~/modules/gdpr/ui";
import { ErasuresInput, type ErasureRow, type ErasureView } from "../schema";
import { ConsoleList } from "./console-list";
import { erasureColumns, whoseErasure } from "./erasure-columns";
import { Failed, Loading } from "./failed";
import { ERASURES } from "./headings";
import { ReasonDialog } from "./reason-dialog";
import { useActed } from "./use-acted";
import { ERASURE_LOOKS } from "./words";
import { ZONE } from "./zone";

const FILTERS = ["state"];
const CHOICES: DataTableFilter[] = [
  {
    key: "state",
    label: "State",
    anyLabel: "What waits",
    options: (["residue", "blocked", "requested", "running", "completed", "undone"] as const).map(
      (value) => ({ value, label: ERASURE_LOOKS[value].label }),
    ),
  },
];
const LIVE_MS = 10_000;
const at = (id: string) => `/admin/erasures?peek=${id}`;

/** Deletions of people and organizations: those that wait for somebody, and by their state all others. */
export function ErasuresPage() {
  const address = useTableAddress(FILTERS);
  const page = api.admin.erasures.useQuery(listInput(ErasuresInput, address.asked), {
    placeholderData: keepPreviousData,
    refetchInterval: LIVE_MS,
  });
  const peek = usePeek();
  return (
    <>
      <ConsoleList<ErasureRow>
        heading={ERASURES}
        page={page}
        nouns={{ one: "deletion", many: "deletions" }}
        columns={erasureColumns}
        address={address}
        filters={CHOICES}
        rowHref={({ id }) => at(id)}
        onRowClick={(event, { id }) => peek.follow(event, id)}
        isCurrent={({ id }) => id === peek.id}
        rowName={whoseErasure}
        empty={{
          title: "No deletion waits for anybody",
          description:
            "One that left something behind, or that needs a new owner somewhere first, stands here until it is done. The others are found by their state.",
          sample: {
            icon: <Eraser aria-hidden />,
            title: "A person, 7d1c90aa",
            detail: "Left in note.body",
            state: "Left something",
          },
        }}
        emptyWithFilters
        clearLabel="Show what waits"
      />
      <PeekPanel peek={peek} label="Deletion" ids={page.data?.items.map(({ id }) => id) ?? []}>
        {(id) => <Erasure id={id} />}
      </PeekPanel>
    </>
  );
}

function Erasure({ id }: { id: string }) {
  const { data, error, refetch } = api.admin.erasure.useQuery({ id }, { refetchInterval: LIVE_MS });
  if (error && !data) return <Failed what="This deletion" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <ErasurePeek erasure={data} />;
}

const WHAT = { id: "an id", address: "a mail address", name: "a name" };

function ErasurePeek({ erasure }: { erasure: ErasureView }) {
  const [isActing, setActing] = useState(false);
  const again = api.admin.searchErasureAgain.useMutation({
    onSuccess: useActed("It searches again within seconds"),
  });
  const { id, kind, subjectId, state, left, inTheWay, steps, certificatePath } = erasure;
  const look = ERASURE_LOOKS[state];
  return (
    <div className="flex flex-col gap-6">
      <DescriptionList
        layout="stacked"
        items={[
          {
            term: "State",
            value: (
              <StatusDot tone={look.tone} shape={look.shape}>
                {look.label}
              </StatusDot>
            ),
          },
          { term: kind === "person" ? "Person" : "Organization", value: whoseErasure(erasure) },
          { term: "Id", value: <CopyId value={subjectId} label="Copy the id of whom it deletes" /> },
          { term: "Deletion", value: <CopyId value={id} label="Copy the deletion’s id" /> },
          { term: "Asked for", value: <RelativeTime at={erasure.requestedAt} timeZone={ZONE} /> },
          { term: "End of the seven days", value: <RelativeTime at={erasure.dueAt} timeZone={ZONE} /> },
          ...(erasure.waitsSince
            ? [{ term: "Waits since", value: <RelativeTime at={erasure.waitsSince} timeZone={ZONE} /> }]
            : []),
          ...(erasure.completedAt
            ? [{ term: "Done", value: <RelativeTime at={erasure.completedAt} timeZone={ZONE} /> }]
            : []),
          ...(certificatePath
            ? [{ term: "Certificate", value: <Link href={certificatePath}>Open the certificate</Link> }]
            : []),
        ]}
      />
      {state === "residue" && (
        <section className="flex flex-col gap-3">
          <Banner tone="negative" title="The search found what nothing explains">
            Take it away where it stands, in the database or the object store, then search again. There is no
            certificate until nothing is left.
          </Banner>
          <ul className="flex flex-col gap-1" aria-label="What was found">
            {left.map(({ where, what, count }) => (
              <li key={`${where} ${what}`} className="flex flex-wrap justify-between gap-x-4 text-base">
                <span className="min-w-0 font-mono text-sm break-all text-ink">{where}</span>
                <span className="text-sm text-ink-soft">
                  {WHAT[what]}, {count === 1 ? "once" : `${count} times`}
                </span>
              </li>
            ))}
          </ul>
          <div>
            <Button variant="primary" onClick={() => setActing(true)}>
              Search again
            </Button>
          </div>
        </section>
      )}
      {state === "blocked" && (
        <section className="flex flex-col gap-3">
          {inTheWay.length > 0 ? (
            <Banner tone="caution" title="Others would be left without an owner">
              The person hands these over or deletes them, or undoes the deletion. It is tried again each
              hour.
            </Banner>
          ) : (
            <Banner tone="info" title="Nobody would be left without an owner any more">
              The deletion goes on within the hour.
            </Banner>
          )}
          {inTheWay.length > 0 && (
            <ul className="flex flex-col gap-1" aria-label="Organizations to hand over">
              {inTheWay.map((org) => (
                <li key={org.id} className="text-base">
                  <Link href={`/admin/organizations/${org.id}`}>{org.name}</Link>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {steps.length > 0 && (
        <section className="flex flex-col gap-2">
          <h3 className="text-base font-medium text-ink">Steps</h3>
          <StepList steps={steps} />
        </section>
      )}
      {isActing && (
        <ReasonDialog
          title="Search again"
          description="Every column and every file is searched anew. Name nobody in the reason: it stays when they are gone."
          confirmLabel="Search again"
          tone="primary"
          readBy="Kept in the platform’s audit log."
          onConfirm={(reason) => again.mutateAsync({ id, reason })}
          onClose={() => setActing(false)}
        />
      )}
    </div>
  );
}
