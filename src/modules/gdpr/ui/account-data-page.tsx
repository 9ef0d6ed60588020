"use client";
import { useTimeZone } from "~/modules/auth/ui";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import type { PersonData } from "../schema";
import { EraseDialog } from "./erase-dialog";
import { ExportCard, follow } from "./export-card";
import { Instant } from "./instant";
import { StepList } from "./step-list";

const HERE = "/account/data";
const POLL_MS = 2_000;

/** What we hold about a person: taken away as a file, or deleted. */
export function AccountDataPage() {
  const timeZone = useTimeZone();
  const queries = api.useUtils();
  const [data] = api.gdpr.person.useSuspenseQuery(undefined, {
    refetchInterval: ({ state }) => (isMoving(state.data) ? POLL_MS : false),
  });
  const start = api.gdpr.exportPerson.useMutation({
    onSuccess: () => toast.success("The export is being written. We mail you when it is ready."),
    onSettled: () => queries.gdpr.person.invalidate(),
  });
  const fetch = api.gdpr.downloadPerson.useMutation({ onSuccess: follow });
  return (
    <>
      <PageHeader
        title="Your data"
        description="Everything we hold about you: take it with you, or have it deleted."
      />
      <div className="flex max-w-2xl flex-col gap-6">
        <ExportCard
          title="Export your data"
          description="One ZIP with every table that holds something about you, as JSON and CSV. It stays for 7 days."
          exports={data.exports}
          timeZone={timeZone}
          start={start}
          fetch={fetch}
        />
        <DeleteAccount data={data} timeZone={timeZone} />
      </div>
    </>
  );
}

const isMoving = (data: PersonData | undefined): boolean =>
  data !== undefined &&
  (data.exports.some(({ state }) => state === "running") || data.erasure?.state === "running");

function DeleteAccount({ data, timeZone }: { data: PersonData; timeZone: string }) {
  const { erasure, handOverFirst, goesWithThem, email } = data;
  return (
    <Card aria-label="Delete your account">
      <CardHeader
        title="Delete your account"
        description="Seven days after you ask, everything about you is deleted for good. Until then you can undo it."
      />
      <CardBody className="flex flex-col gap-4">
        {erasure && erasure.state !== "requested" && erasure.state !== "blocked" ? (
          <>
            <Banner tone="caution" title="Your account is being deleted." />
            <StepList steps={erasure.steps} />
          </>
        ) : erasure ? (
          <Requested
            dueAt={erasure.dueAt}
            isBlocked={erasure.state === "blocked"}
            timeZone={timeZone}
            handOverFirst={handOverFirst}
          />
        ) : handOverFirst.length > 0 ? (
          <Banner tone="caution" title="Hand over first">
            {handOverFirst.every(({ isSuspended }) => isSuspended)
              ? "You are the only owner where others work. Transfer the ownership to one of them, which can be done while it is suspended:"
              : "You are the only owner where others work. Transfer the ownership to one of them, or delete the organization:"}
            <OrganizationLinks of={handOverFirst} />
          </Banner>
        ) : (
          <>
            {goesWithThem.length > 0 && (
              <Banner tone="caution" title="Deleted with you">
                Nobody else belongs to {goesWithThem.map(({ name }) => name).join(", ")}.
              </Banner>
            )}
            <p className="text-base text-ink-soft">
              What you made in organizations that others own stays theirs, without your name. Invoices are
              kept as the law wants. You get a certificate of what was deleted.
            </p>
            <DeleteDialog email={email} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

const OrganizationLinks = ({ of }: { of: PersonData["handOverFirst"] }) => (
  <span className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
    {of.map(({ slug, name, isSuspended }) => (
      <span key={slug}>
        <PageLink className="text-ink underline" href={`/o/${slug}/settings`}>
          {name}
        </PageLink>
        {isSuspended && " (suspended: it can be transferred, not deleted)"}
      </span>
    ))}
  </span>
);

function Requested({
  dueAt,
  isBlocked,
  timeZone,
  handOverFirst,
}: {
  dueAt: Date;
  isBlocked: boolean;
  timeZone: string;
  handOverFirst: PersonData["handOverFirst"];
}) {
  const queries = api.useUtils();
  const keep = api.gdpr.keepPerson.useMutation({
    onSuccess: () => toast.success("Your account stays"),
    onError: (error) => toast.error("Not undone", { description: refusalOf(error).message }),
    onSettled: () => queries.gdpr.person.invalidate(),
  });
  return (
    <Banner
      tone="caution"
      title={isBlocked ? "The deletion waits for you" : "Deletion is requested"}
      actions={
        <Button loading={keep.isPending} onClick={() => keep.mutate()}>
          Keep my account
        </Button>
      }
    >
      {isBlocked ? (
        <>
          You became the only owner where others work. Transfer the ownership, and it goes on within the hour:
          <OrganizationLinks of={handOverFirst} />
        </>
      ) : (
        <>
          It happens on <Instant at={dueAt} timeZone={timeZone} />. Until then nothing is deleted, and all
          works as before.
        </>
      )}
    </Banner>
  );
}

function DeleteDialog({ email }: { email: string }) {
  const queries = api.useUtils();
  const erase = api.gdpr.erasePerson.useMutation({
    onSuccess: () => {
      toast.success("Deletion is requested. The mail we sent undoes it, too.");
      void queries.gdpr.person.invalidate();
    },
  });
  return (
    <div>
      <EraseDialog
        label="Delete my account"
        title="Delete your account"
        description="In seven days your account, your sessions and keys, and what leads to you are deleted for good. We mail you a link that undoes it until then."
        phrase={email}
        erase={erase}
        backTo={HERE}
      />
    </div>
  );
}
