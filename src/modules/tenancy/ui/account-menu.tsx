"use client";
import { Avatar } from "~/ui/avatar";
import { LateOverlay } from "~/ui/late-overlay";
import { ThemeToggle } from "~/ui/theme-toggle";
import { useTenancy } from "./tenancy-context";

const items = () => import("./account-menu-items").then((room) => room.AccountMenuItems);

/** The person: profile, devices, theme, the way out. `onSignOut` belongs to whoever keeps sessions. */
export function AccountMenu({ onSignOut }: { onSignOut: () => void }) {
  const { user } = useTenancy();
  const name = user.name ?? user.email;
  return (
    <div className="flex items-center gap-1">
      <LateOverlay opens="menu" load={items} given={{ onSignOut }}>
        <button
          type="button"
          className="flex h-10 min-w-0 grow items-center gap-2 rounded-md px-2 text-start transition-colors hover:bg-ink/5 pointer-coarse:h-control"
        >
          <Avatar name={name} seed={user.id} />
          <span className="sr-only">Account: </span>
          <span className="min-w-0 grow truncate text-base text-ink">{name}</span>
        </button>
      </LateOverlay>
      <ThemeToggle />
    </div>
  );
}
