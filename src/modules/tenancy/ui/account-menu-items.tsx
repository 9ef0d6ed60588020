"use client";
import { Laptop, LogOut, UserRound } from "lucide-react";
import NextLink from "next/link";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import type { OverlayProps } from "~/ui/late-overlay";
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
          <NextLink href="/account">
            <UserRound aria-hidden className="text-ink-soft" />
            Profile
          </NextLink>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <NextLink href="/account/devices">
            <Laptop aria-hidden className="text-ink-soft" />
            Devices
          </NextLink>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem icon={<LogOut aria-hidden />} onSelect={onSignOut}>
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
