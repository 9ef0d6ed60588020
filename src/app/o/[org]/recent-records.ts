"use client";
/** Which records a person opened lately in an organization, for the palette. */
import { usePathname } from "next/navigation";
import { useEffect } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { keepRecent } from "~/ui/recent";

/** Pages of one thing, whose title is worth finding again. */
const RECORD = /^\/o\/[^/]+\/(companies|contacts|imports|jobs)\/[\da-f]{8}-[\da-f-]{27}$/;
const KIND_OF: Record<string, string> = {
  companies: "company",
  contacts: "contact",
  imports: "import",
  jobs: "job",
};
/** The title of a page comes with its content, a moment after the address. */
const TITLE_AFTER_MS = 1_200;

/** Each person and each organization has its own. */
export const recentNameOf = (userId: string, orgId: string): string => `${userId}.${orgId}`;

export function useRecordVisits(): void {
  const path = usePathname();
  const { user, currentOrganization } = useTenancy();
  const { id: orgId, name } = currentOrganization;
  useEffect(() => {
    const kind = KIND_OF[RECORD.exec(path)?.[1] ?? ""];
    if (!kind) return;
    const timer = setTimeout(() => {
      const title = document.title.replace(` · ${name}`, "");
      if (title && title !== name) keepRecent(recentNameOf(user.id, orgId), { href: path, title, kind });
    }, TITLE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [path, name, user.id, orgId]);
}
