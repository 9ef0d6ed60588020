import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { PeopleInput } from "~/modules/admin";
import { PeoplePage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "People" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminPeople({ searchParams }: Props) {
  await prefetchApi().trpc.admin.people.prefetch(listInput(PeopleInput, await searchParams));
  return (
    <Hydrate>
      <PeoplePage />
    </Hydrate>
  );
}
