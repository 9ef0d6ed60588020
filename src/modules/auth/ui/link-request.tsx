"use client";
import { useEffect, useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { REFUSAL_WORDS } from "../rules";

/** Why a link was not sent. Field errors are the form's business. */
export type LinkRefusal =
  { kind: "limited"; untilMs: number } | { kind: "down" } | { kind: "other"; words: string };

/** Asks for a link, and keeps what was refused until the next try. */
export function useLinkRequest(onSent: () => void) {
  const [refusal, setRefusal] = useState<LinkRefusal | null>(null);
  const request = api.auth.requestLink.useMutation({
    onMutate: () => setRefusal(null),
    onSuccess: onSent,
    onError: (error) => setRefusal(linkRefusalOf(error)),
  });
  return { request, refusal, isLimited: useIsBefore(refusal?.kind === "limited" ? refusal.untilMs : null) };
}

function linkRefusalOf(error: unknown): LinkRefusal {
  const { code, message, details } = refusalOf(error);
  const seconds = Number(details.retryAfterSeconds);
  if (code === "kernel.too_many_requests" && Number.isFinite(seconds)) {
    return { kind: "limited", untilMs: Date.now() + seconds * 1_000 };
  }
  return code === "mail.unavailable" ? { kind: "down" } : { kind: "other", words: message };
}

/** Whether an instant is still ahead; re-renders when it has come. */
function useIsBefore(instantMs: number | null): boolean {
  const [passedMs, setPassedMs] = useState<number | null>(null);
  useEffect(() => {
    if (instantMs === null) return;
    const timer = setTimeout(() => setPassedMs(instantMs), Math.max(0, instantMs - Date.now()));
    return () => clearTimeout(timer);
  }, [instantMs]);
  return instantMs !== null && passedMs !== instantMs;
}

export function LinkRefusalBanner({
  refusal,
  isLimited,
}: {
  refusal: LinkRefusal | null;
  isLimited: boolean;
}) {
  if (!refusal) return null;
  if (refusal.kind === "limited") {
    if (!isLimited) return null;
    const at = new Date(refusal.untilMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return (
      <Banner tone="caution" title="Too many links were asked for">
        Ask again at {at}. A link that was sent before still works for its 15 minutes.
      </Banner>
    );
  }
  if (refusal.kind === "down") {
    const { title, what, todo } = REFUSAL_WORDS.mail_down;
    return (
      <Banner tone="negative" title={title}>
        {what} {todo}
      </Banner>
    );
  }
  return (
    <Banner tone="negative" title="The link was not sent">
      {refusal.words}
    </Banner>
  );
}
