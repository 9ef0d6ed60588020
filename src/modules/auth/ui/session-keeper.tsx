"use client";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { toast } from "~/ui/toast";
import { renewSession, sessionUntilMs, signInAgain } from "./browser-session";

const RENEW_BEFORE_MS = 15 * 60_000;
const LOOK_EVERY_MS = 60_000;

/**
 * Renews the session before it expires, and when a call was refused for want of one; who can't be renewed is led to
 * sign in and back. Put one inside each ApiProvider of signed-in pages.
 */
export function SessionKeeper() {
  const client = useQueryClient();
  useEffect(() => keepSession(client), [client]);
  return null;
}

function keepSession(client: QueryClient): () => void {
  /** Dev sessions have nothing to renew by: asked once, then left until they expire. */
  let isOver = false;
  let isLeaving = false;

  async function renewInTime() {
    const until = sessionUntilMs();
    if (isOver || until === null || until - Date.now() > RENEW_BEFORE_MS) return;
    const renewal = await renewSession();
    isOver = renewal === "over" || renewal === "reused";
  }

  async function afterRefusal(isChange: boolean) {
    if (isLeaving) return;
    isLeaving = true;
    const renewal = await renewSession();
    if (renewal === "over" || renewal === "reused") {
      location.assign(signInAgain(renewal, location.pathname + location.search));
      return;
    }
    isLeaving = false;
    if (renewal !== "renewed") return;
    if (isChange) {
      toast.info("Your session was renewed", {
        description: "Your last step was not saved: do it once more.",
      });
    }
    await client.invalidateQueries();
  }

  const look = () => void renewInTime();
  const isRefused = (error: unknown) =>
    (error as { data?: { httpStatus?: number } } | null)?.data?.httpStatus === 401;
  const stops = [
    client.getQueryCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error" && isRefused(event.action.error)) {
        void afterRefusal(false);
      }
    }),
    client.getMutationCache().subscribe((event) => {
      if (event.type === "updated" && event.action.type === "error" && isRefused(event.action.error)) {
        void afterRefusal(true);
      }
    }),
  ];
  const timer = setInterval(look, LOOK_EVERY_MS);
  // A laptop that wakes up has no timers to thank.
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
  look();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("online", look);
    for (const stop of stops) stop();
  };
}
