"use client";
import { Check, Plus } from "lucide-react";
import { ROLE_WORDS } from "~/kernel/roles";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import type { OverlayProps } from "~/ui/late-overlay";
import { PageLink } from "~/ui/page-link";
import { OrgMark } from "./org-mark";
import { useTenancy } from "./tenancy-context";

/** What `OrgSwitcher` opens. */
export function OrgMenu({ trigger }: OverlayProps) {
  const { currentOrganization: here, userOrganizations } = useTenancy();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-64">
        <DropdownMenuLabel>Your organizations</DropdownMenuLabel>
        {userOrganizations.map((org) => (
          <DropdownMenuItem key={org.id} asChild>
            <PageLink
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
            </PageLink>
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <PageLink href="/welcome">
            <Plus aria-hidden className="text-ink-soft" />
            Create organization
          </PageLink>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
