"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { listInput } from "~/kernel/paging";
import { ROLE_WORDS } from "~/kernel/roles";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { CopyId } from "~/ui/copy-id";
import type { DataTableFilter } from "~/ui/data-table";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { RelativeTime } from "~/ui/relative-time";
import { useTableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import { PeopleInput, type PersonRow, type PersonView } from "../schema";
import { ConsoleList } from "./console-list";
import { Failed, Loading } from "./failed";
import { PEOPLE } from "./headings";
import { peopleColumns } from "./people-columns";
import { ReasonDialog } from "./reason-dialog";
import { METHODS } from "./words";
import { ZONE } from "./zone";

const FILTERS = ["kind"];
const CHOICES: DataTableFilter[] = [
  {
    key: "kind",
    label: "Kind",
    anyLabel: "Everybody",
    options: [
      { value: "staff", label: "Staff" },
      { value: "unverified", label: "Unverified" },
    ],
  },
];

export function PeoplePage() {
  const address = useTableAddress(FILTERS);
  const page = api.admin.people.useQuery(listInput(PeopleInput, address.asked), {
    placeholderData: keepPreviousData,
  });
  const peek = usePeek();
  return (
    <>
      <ConsoleList<PersonRow>
        heading={PEOPLE}
        page={page}
        nouns={{ one: "person", many: "people" }}
        columns={peopleColumns}
        address={address}
        rowHref={({ id }) => `/admin/people?peek=${id}`}
        onRowClick={(event, { id }) => peek.follow(event, id)}
        isCurrent={({ id }) => id === peek.id}
        rowName={({ name, email }) => name ?? email}
        search={{ label: "Search people", placeholder: "Name or mail address" }}
        filters={CHOICES}
        empty={{
          title: "Nobody signed in yet",
          description: "People appear here with their first sign-in.",
          sample: {
            icon: <UserRound aria-hidden />,
            title: "Ada",
            detail: "ada@example.com",
            state: "2 sessions",
          },
        }}
      />
      <PeekPanel peek={peek} label="Person" ids={page.data?.items.map(({ id }) => id) ?? []}>
        {(id) => <Person id={id} />}
      </PeekPanel>
    </>
  );
}

function Person({ id }: { id: string }) {
  const { data, error, refetch } = api.admin.person.useQuery({ id });
  if (error && !data) return <Failed what="This person" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <PersonPeek person={data} />;
}

function PersonPeek({ person }: { person: PersonView }) {
  const [isEnding, setEnding] = useState(false);
  const queries = api.useUtils();
  const end = api.admin.endSessions.useMutation({
    onSuccess: async ({ count }) => {
      toast.success(count === 1 ? "1 session was ended" : `${count} sessions were ended`);
      await queries.admin.invalidate();
    },
  });
  const { id, name, email, memberships, living } = person;
  return (
    <div className="flex flex-col gap-6">
      <DescriptionList
        layout="stacked"
        items={[
          { term: "Name", value: name ?? "Not given" },
          { term: "Mail address", value: `${email}${person.isVerified ? "" : " (not verified)"}` },
          { term: "Id", value: <CopyId value={id} label="Copy the person’s id" /> },
          { term: "Joined", value: <RelativeTime at={person.createdAt} timeZone={ZONE} /> },
          { term: "Passkeys", value: person.passkeys },
        ]}
      />
      <section className="flex flex-col gap-2">
        <h3 className="text-base font-medium text-ink">Organizations</h3>
        {memberships.length === 0 ? (
          <p className="text-sm text-ink-soft">In none.</p>
        ) : (
          <ul className="flex flex-col gap-1">
            {memberships.map((org) => (
              <li key={org.id} className="flex justify-between gap-2 text-base">
                <Link href={`/admin/organizations/${org.id}`}>{org.name}</Link>
                <span className="text-ink-soft">{ROLE_WORDS[org.role].label}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className="flex flex-col gap-2">
        <h3 className="text-base font-medium text-ink">Signed in now</h3>
        {living.length === 0 ? (
          <p className="text-sm text-ink-soft">Nowhere.</p>
        ) : (
          <ul className="flex flex-col gap-2">
            {living.map((session) => (
              <li key={session.id} className="flex flex-col text-sm">
                <span className="text-base break-words text-ink">
                  {session.client ?? session.userAgent?.slice(0, 80) ?? "Unknown browser"}
                </span>
                <span className="text-ink-soft">
                  {METHODS[session.method] ?? session.method}, {session.address ?? "no address"}, last seen{" "}
                  <RelativeTime at={session.lastSeenAt} timeZone={ZONE} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {living.length > 0 && (
          <div>
            <Button onClick={() => setEnding(true)}>End all sessions</Button>
          </div>
        )}
      </section>
      {isEnding && (
        <ReasonDialog
          title="End all sessions"
          description={`${name ?? email} is signed out everywhere within a second, programs with their keys’ tokens included. They can sign in again.`}
          confirmLabel="End sessions"
          onConfirm={(reason) => end.mutateAsync({ id, reason })}
          onClose={() => setEnding(false)}
        />
      )}
    </div>
  );
}
