"use client";
import type { ComponentProps } from "react";
import { signOut } from "~/modules/auth/ui";
import { InvitationPage } from "~/modules/tenancy/ui";

type Props = Omit<ComponentProps<typeof InvitationPage>, "signInHref" | "onSignOut">;

/** The invitation with the way in and the way out that this app has; both come back here. */
export function Invitation(props: Props) {
  const here = `/invitations/${props.token}`;
  return (
    <InvitationPage
      {...props}
      signInHref={`/login?callbackUrl=${encodeURIComponent(here)}`}
      onSignOut={() => void signOut(here)}
    />
  );
}
