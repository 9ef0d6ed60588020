"use client";
import { Laptop, LogOut, UserRound } from "lucide-react";
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
import { useTenancy } from "./tenancy-context";

/** What `AccountMenu` opens. */
export function AccountMenuItems({ onSignOut, trigger }: { onSignOut: () => void } & OverlayProps) {
  const { user } = useTenancy();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-60">
        <DropdownMenuLabel className="truncate">{user.email}</DropdownMenuLabel>
        <DropdownMenuItem asChild>
          <PageLink href="/account">
            <UserRound aria-hidden className="text-ink-soft" />
            Profile
          </PageLink>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <PageLink href="/account/devices">
            <Laptop aria-hidden className="text-ink-soft" />
            Devices
          </PageLink>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
