import type { Metadata } from "next";
import { listInput } from "~/kernel/paging";
import { AuditInput } from "~/modules/admin";
import { AuditPage } from "~/modules/admin/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Audit" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AdminAudit({ searchParams }: Props) {
  await prefetchApi().trpc.admin.audit.prefetch(listInput(AuditInput, await searchParams));
  return (
    <Hydrate>
      <AuditPage />
    </Hydrate>
  );
}
