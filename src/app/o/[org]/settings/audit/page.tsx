import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { AuditListInput } from "~/modules/audit";
import { AuditPage } from "~/modules/audit/ui";
import { ExportButton } from "~/modules/exports/ui";
import { Hydrate, pageOrg, prefetchApi } from "~/trpc/server";

const NOUNS = { one: "entry", many: "entries" };
const FILTERS = ["person", "group", "refusals", "target", "from", "to"];

export const metadata: Metadata = { title: "Audit log" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Audit({ params, searchParams }: Props) {
  const { org: slug } = await params;
  const { peek, ...asked } = await searchParams;
  const org = await pageOrg(slug);
  if (!org) return null;
  const { trpc } = prefetchApi(slug);
  const looked = AuditListInput.shape.target.safeParse(peek).data;
  await Promise.all([
    trpc.audit.list.prefetch(listInput(AuditListInput, asked)),
    trpc.audit.people.prefetch(),
    trpc.audit.chain.prefetch(),
    looked ? trpc.audit.entry.prefetch({ id: looked }) : null,
  ]);
  return (
    <Hydrate orgSlug={slug}>
      <AuditPage
        org={{ slug: org.slug, timeZone: org.timeZone }}
        tools={
          <>
            <ExportButton list="audit" nouns={NOUNS} filterKeys={FILTERS} />
            <ExportButton list="audit" nouns={NOUNS} filterKeys={FILTERS} format="jsonl" />
          </>
        }
      />
    </Hydrate>
  );
}
