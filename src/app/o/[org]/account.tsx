"use client";
import { signOut } from "next-auth/react";
import { AccountMenu } from "~/modules/tenancy/ui";

/** The account menu with the way out that this app has. */
export function Account() {
  return <AccountMenu onSignOut={() => void signOut({ callbackUrl: "/login" })} />;
}
