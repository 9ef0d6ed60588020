"use client";
import { useCallback, useEffect, useState } from "react";
import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";
import { Spinner } from "~/ui/spinner";
import { renewSession, signInAgain } from "./browser-session";

/** Coming back here within this time means that the renewed cookie was not kept. */
const LOOP_MS = 8_000;
const KEY = "tenantry.continued";

type State = "renewing" | "unreachable" | "not_kept";

/** Renews an expired session by its refresh token, which only the browser can send, and goes on to `next`. */
export function ContinuePage({ next }: { next: string }) {
  const [state, setState] = useState<State>("renewing");
  const go = useCallback(async () => {
    setState("renewing");
    const renewal = await renewSession();
    if (renewal === "unreachable") return setState("unreachable");
    if (renewal !== "renewed") return location.replace(signInAgain(renewal, next));
    if (Date.now() - lastContinued() < LOOP_MS) return setState("not_kept");
    sessionStorage.setItem(KEY, String(Date.now()));
    location.replace(next);
  }, [next]);
  useEffect(() => {
    // After the first paint, so that the page says what it waits for.
    const timer = setTimeout(() => void go(), 0);
    return () => clearTimeout(timer);
  }, [go]);

  if (state === "renewing") {
    return (
      <AuthCard title="Signing you in again" description="This takes a moment.">
        <div className="flex justify-center py-2" role="status">
          <Spinner label="Renewing your session" />
        </div>
        <noscript>
          <a className="text-accent underline" href="/login">
            Sign in without scripts
          </a>
        </noscript>
      </AuthCard>
    );
  }
  const isLost = state === "not_kept";
  return (
    <AuthCard
      title={isLost ? "Your browser kept no session" : "The server did not answer"}
      description={
        isLost
          ? "You were signed in, but the cookie that says so did not stay. Allow cookies for this site."
          : "You are still signed in as far as we know. Check the connection."
      }
    >
      <Button variant="primary" size="large" className="w-full" onClick={() => void go()}>
        Try again
      </Button>
    </AuthCard>
  );
}

function lastContinued(): number {
  try {
    return Number(sessionStorage.getItem(KEY) ?? 0);
  } catch {
    return 0;
  }
}
