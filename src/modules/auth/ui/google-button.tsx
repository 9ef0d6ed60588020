"use client";
import { useState } from "react";
import { z } from "zod";
import { Button } from "~/ui/button";
import { toast } from "~/ui/toast";

const Csrf = z.object({ csrfToken: z.string() });
const Answer = z.object({ url: z.url() });

/** Goes to Google and comes back to `next`. */
export function GoogleButton({
  next,
  label = "Continue with Google",
  size = "large",
}: {
  next: string;
  label?: string;
  size?: "medium" | "large";
}) {
  const [isLeaving, setIsLeaving] = useState(false);
  async function go() {
    setIsLeaving(true);
    try {
      const { csrfToken } = Csrf.parse(await (await fetch("/api/auth/csrf")).json());
      const body = new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" });
      const answer = await fetch("/api/auth/signin/google", { method: "POST", body });
      location.assign(Answer.parse(await answer.json()).url);
    } catch {
      setIsLeaving(false);
      toast.error("Google could not be opened", {
        description: "The server did not answer. Check the connection and try again.",
      });
    }
  }
  return (
    <Button size={size} icon={<GoogleMark />} loading={isLeaving} onClick={() => void go()}>
      {label}
    </Button>
  );
}

const GoogleMark = () => (
  <svg viewBox="0 0 24 24" aria-hidden fill="currentColor">
    <path d="M12.2 10.2v3.9h5.5c-.2 1.3-1.6 3.8-5.5 3.8a6 6 0 0 1 0-12c1.9 0 3.2.8 3.9 1.5l2.7-2.6A9.6 9.6 0 0 0 12.2 2.2a9.8 9.8 0 0 0 0 19.6c5.7 0 9.4-4 9.4-9.6 0-.7 0-1.2-.2-2h-9.2Z" />
  </svg>
);
