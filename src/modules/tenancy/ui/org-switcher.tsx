"use client";
import { Check, ChevronsUpDown, Plus } from "lucide-react";
import NextLink from "next/link";
import { ROLE_WORDS } from "~/kernel/roles";
import { Avatar } from "~/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { useTenancy } from "./tenancy-context";

/** Where I am, and the way to my other organizations. */
export function OrgSwitcher() {
  const { currentOrganization: here, userOrganizations } = useTenancy();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>
        <button
          type="button"
          className="flex h-10 min-w-0 items-center gap-2 rounded-md px-2 text-start transition-colors hover:bg-ink/5 pointer-coarse:h-control"
        >
          <OrgMark org={here} />
          <span className="sr-only">Switch organization: </span>
          <span className="min-w-0 grow truncate text-base font-semibold text-ink">{here.name}</span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>Your organizations</DropdownMenuLabel>
        {userOrganizations.map((org) => (
          <DropdownMenuItem key={org.id} asChild>
            <NextLink
              href={`/o/${org.slug}`}
              aria-current={org.id === here.id ? "true" : undefined}
              className="py-1"
            >
              <OrgMark org={org} />
              <span className="flex min-w-0 grow flex-col">
                <span className="truncate">{org.name}</span>
                <span className="text-xs text-ink-faint">{ROLE_WORDS[org.role].label}</span>
              </span>
              {org.id === here.id && <Check aria-hidden className="text-accent" />}
            </NextLink>
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <NextLink href="/welcome">
            <Plus aria-hidden className="text-ink-soft" />
            Create organization
          </NextLink>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

export const OrgMark = ({ org }: { org: { id: string; name: string; logoUrl: string | null } }) => (
  <Avatar name={org.name} seed={org.id} src={org.logoUrl ?? undefined} shape="thing" />
);
