import { DuplicatesInput } from "~/modules/crm";
import { DuplicatesPage } from "~/modules/crm/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** The page of records that may be the same one, of either kind, found by name or by phone. */
export const duplicatesOf = (kind: "company" | "contact", by: "name" | "phone") =>
  async function Duplicates({ params, searchParams }: Props) {
    const { org } = await params;
    const { after } = await searchParams;
    const asked = DuplicatesInput.safeParse({ by, cursor: after });
    const input = asked.success ? asked.data : DuplicatesInput.parse({ by });
    const { companies, contacts } = prefetchApi(org).trpc.crm;
    await (kind === "company" ? companies : contacts).duplicates.prefetch(input);
    return (
      <Hydrate orgSlug={org}>
        <DuplicatesPage kind={kind} input={input} />
      </Hydrate>
    );
  };
