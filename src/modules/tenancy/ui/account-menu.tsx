"use client";
import { Laptop, LogOut, UserRound } from "lucide-react";
import NextLink from "next/link";
import { Avatar } from "~/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { ThemeToggle } from "~/ui/theme-toggle";
import { useTenancy } from "./tenancy-context";

/** The person: profile, devices, theme, the way out. `onSignOut` belongs to whoever keeps sessions. */
export function AccountMenu({ onSignOut }: { onSignOut: () => void }) {
  const { user } = useTenancy();
  const name = user.name ?? user.email;
  return (
    <div className="flex items-center gap-1">
      <DropdownMenu>
        <DropdownMenuTrigger>
          <button
            type="button"
            className="flex h-10 min-w-0 grow items-center gap-2 rounded-md px-2 text-start transition-colors hover:bg-ink/5 pointer-coarse:h-control"
          >
            <Avatar name={name} seed={user.id} />
            <span className="sr-only">Account: </span>
            <span className="min-w-0 grow truncate text-base text-ink">{name}</span>
          </button>
        </DropdownMenuTrigger>
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
      <ThemeToggle />
    </div>
  );
}
