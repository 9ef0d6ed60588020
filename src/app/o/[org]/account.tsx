"use client";
import { signOut } from "~/modules/auth/ui";
import { AccountMenu } from "~/modules/tenancy/ui";

/** The account menu with the way out that this app has. */
export function Account() {
  return <AccountMenu onSignOut={() => void signOut()} />;
}
