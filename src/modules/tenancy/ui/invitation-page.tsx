"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_WORDS } from "~/kernel/roles";
import { api, refusalOf } from "~/trpc/client";
import { AuthCard } from "~/ui/auth-card";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { DescriptionList } from "~/ui/description-list";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";
import type { InvitationPreview } from "../schema";

const ENDED = {
  unknown: {
    title: "This invitation is not known",
    words:
      "The link is incomplete, or it was replaced by a newer mail. Open the link in the newest invitation you got, or ask for another one.",
  },
  expired: {
    title: "This invitation has expired",
    words:
      "Invitations are good for 7 days. Ask whoever invited you to send it again: that takes them one press.",
  },
  revoked: {
    title: "This invitation was withdrawn",
    words: "Whoever invited you took it back. Ask them if that was a mistake.",
  },
  accepted: {
    title: "This invitation was accepted already",
    words: "Open the dashboard; if the organization is not there, ask for another invitation.",
  },
} as const;

/**
 * What the link in an invitation's mail shows. Nothing happens before the button: programs that check mails open links.
 * `person`: whoever is signed in. `onSignOut` belongs to whoever keeps sessions, and comes back to this page.
 */
export function InvitationPage({
  token,
  invitation,
  person,
  signInHref,
  onSignOut,
}: {
  token: string;
  invitation: InvitationPreview;
  person: { email: string; isVerified: boolean } | null;
  signInHref: string;
  onSignOut: () => void;
}) {
  if (invitation.state !== "open") {
    const { title, words } = ENDED[invitation.state];
    return (
      <AuthCard title={title} description={words}>
        <Button asChild variant="primary" className="w-full">
          <PageLink href={person ? "/usage" : "/login"}>{person ? "Open dashboard" : "Sign in"}</PageLink>
        </Button>
      </AuthCard>
    );
  }
  const { organization, role, email, invitedBy, expiresAt } = invitation;
  const { label, help } = ROLE_WORDS[role];
  return (
    <AuthCard
      title={`Join ${organization}`}
      description={invitedBy ? `${invitedBy} invites you to work on ${organization}.` : undefined}
    >
      <div className="flex flex-col gap-5">
        <DescriptionList
          items={[
            { term: "For", value: email },
            { term: "Your role", value: `${label}. ${help}` },
            { term: "Expires", value: <RelativeTime at={expiresAt} timeZone="UTC" /> },
          ]}
        />
        {!person ? (
          <SignIn email={email} href={signInHref} />
        ) : person.email !== email ? (
          <OtherAddress email={email} own={person.email} onSignOut={onSignOut} />
        ) : !person.isVerified ? (
          <Unverified onSignOut={onSignOut} />
        ) : (
          <Accept token={token} organization={organization} />
        )}
      </div>
    </AuthCard>
  );
}

function SignIn({ email, href }: { email: string; href: string }) {
  return (
    <>
      <p className="text-base text-ink-soft">
        Sign in with {email} to accept. If you have no account yet, that makes one.
      </p>
      <Button asChild variant="primary">
        <PageLink href={href}>Sign in to accept</PageLink>
      </Button>
    </>
  );
}

function OtherAddress({ email, own, onSignOut }: { email: string; own: string; onSignOut: () => void }) {
  return (
    <>
      <Banner tone="caution" title="You are signed in with another address">
        You are {own}; this invitation can only be accepted by {email}. Sign out, then open the link again.
      </Banner>
      <Button variant="primary" onClick={onSignOut}>
        Sign out
      </Button>
    </>
  );
}

function Unverified({ onSignOut }: { onSignOut: () => void }) {
  return (
    <>
      <Banner tone="caution" title="Your mail address is not verified">
        Sign out and sign in once by a mailed link, so that we know the address is yours. Then open the
        invitation again.
      </Banner>
      <Button variant="primary" onClick={onSignOut}>
        Sign out
      </Button>
    </>
  );
}

function Accept({ token, organization }: { token: string; organization: string }) {
  const router = useRouter();
  const [refused, setRefused] = useState<string | null>(null);
  const accept = api.tenancy.acceptInvitation.useMutation({
    onSuccess: ({ slug }) => router.push(`/o/${slug}`),
    onError: (error) => setRefused(refusalOf(error).message),
  });
  return (
    <>
      {refused && (
        <Banner tone="negative" title="You did not join">
          {refused}
        </Banner>
      )}
      <Button
        variant="primary"
        loading={accept.isPending || accept.isSuccess}
        onClick={() => {
          setRefused(null);
          accept.mutate({ token });
        }}
      >
        Join {organization}
      </Button>
    </>
  );
}
