"use client";
import { useRef, useState } from "react";
import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";

/**
 * What a mailed link shows. Nothing happens before the button: programs that check mails open links, but press
 * nothing. A plain form, so that it works before scripts have loaded, and without them.
 */
export function OpenLinkPage({ email, token, next }: { email: string; token: string; next: string }) {
  const [isPressed, setIsPressed] = useState(false);
  const wasSent = useRef(false);
  return (
    <AuthCard
      title="Sign in to Tenantry"
      description={
        <>
          You are about to sign in as <span className="font-medium wrap-anywhere text-ink">{email}</span>.
        </>
      }
      footer="Did you not ask for this? Close the page; nothing has happened."
    >
      <form
        method="post"
        action="/api/sign-in-link"
        onSubmit={(event) => {
          // A second press would find the link used, and throw the first one's answer away.
          if (wasSent.current) event.preventDefault();
          wasSent.current = true;
          setIsPressed(true);
        }}
      >
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <Button type="submit" variant="primary" size="large" className="w-full" aria-disabled={isPressed}>
          {isPressed ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </AuthCard>
  );
}
