"use client";
import { useRef, useState } from "react";
import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";
import { PageLink } from "~/ui/page-link";
import { STEP_UP_MINUTES, STEP_UP_WORDS } from "../rules";
import type { StepUpError } from "../schema";

type Props = { next: string } & (
  { token: string; error?: undefined } | { token?: undefined; error: StepUpError }
);

/** What the mailed confirmation shows. Nothing happens before the button; a plain form, as for signing in. */
export function OpenStepUpPage({ next, token, error }: Props) {
  const [isPressed, setIsPressed] = useState(false);
  const wasSent = useRef(false);
  if (error) {
    const { title, what } = STEP_UP_WORDS[error];
    return (
      <AuthCard title={title} description={what}>
        <Button asChild variant="primary" size="large" className="w-full">
          <PageLink href={error === "signed_out" ? "/login" : next} prefetch={false}>
            {error === "signed_out" ? "Sign in" : "Go back"}
          </PageLink>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Confirm it is you"
      description={`What you asked for goes on in this browser. It counts for ${STEP_UP_MINUTES} minutes.`}
      footer="Did you not ask for this? Close the page, and look at your devices."
    >
      <form
        method="post"
        action="/api/step-up"
        onSubmit={(event) => {
          // A second press would find the link used, and throw the first one's answer away.
          if (wasSent.current) event.preventDefault();
          wasSent.current = true;
          setIsPressed(true);
        }}
      >
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="next" value={next} />
        <Button type="submit" variant="primary" size="large" className="w-full" aria-disabled={isPressed}>
          {isPressed ? "Confirming…" : "Confirm"}
        </Button>
      </form>
    </AuthCard>
  );
}
