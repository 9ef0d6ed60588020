"use client";
import { ChevronsUpDown } from "lucide-react";
import { LateOverlay } from "~/ui/late-overlay";
import { OrgMark } from "./org-mark";
import { useTenancy } from "./tenancy-context";

const menu = () => import("./org-menu").then((room) => room.OrgMenu);

/** Where I am, and the way to my other organizations. */
export function OrgSwitcher() {
  const { currentOrganization: here } = useTenancy();
  return (
    <LateOverlay opens="menu" load={menu} given={{}}>
      <button
        type="button"
        className="flex h-10 min-w-0 items-center gap-2 rounded-md px-2 text-start transition-colors hover:bg-ink/5 pointer-coarse:h-control"
      >
        <OrgMark org={here} />
        <span className="sr-only">Switch organization: </span>
        <span className="min-w-0 grow truncate text-base font-semibold text-ink">{here.name}</span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
      </button>
    </LateOverlay>
  );
}
