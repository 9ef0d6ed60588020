"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { AuthCard } from "~/ui/auth-card";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import type { ErasurePreview } from "../schema";
import { Instant } from "./instant";
import { Onward } from "./onward";

const ENDED = {
  unknown: {
    title: "This link is not known",
    words: "It is incomplete. Open it from the mail again, or undo the deletion in the account or settings.",
  },
  undone: { title: "This deletion was undone already", words: "All is as it was." },
  running: {
    title: "The deletion has begun",
    words: "Its seven days are over, and what is deleted cannot be brought back.",
  },
  residue: {
    title: "The deletion has begun",
    words: "Its seven days are over, and what is deleted cannot be brought back.",
  },
  completed: {
    title: "The deletion is done",
    words: "What was deleted cannot be brought back. The other link of the mail shows the certificate.",
  },
} as const;

/** What the mail's link shows. Nothing happens before the button: programs that check mails open links. */
export function UndoPage({ token, preview }: { token: string; preview: ErasurePreview }) {
  const [isKept, setKept] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const keep = api.gdpr.keepByLink.useMutation({
    onSuccess: () => setKept(true),
    onError: (error) => setRefused(refusalOf(error).message),
  });
  const what = preview.kind === "organization" ? "organization" : "account";
  if (isKept)
    return (
      <AuthCard title={`The ${what} stays`} description="The deletion is undone, and all is as it was.">
        <Onward />
      </AuthCard>
    );
  if (preview.state !== "requested" && preview.state !== "blocked") {
    const { title, words } = ENDED[preview.state];
    return (
      <AuthCard title={title} description={words}>
        <Onward />
      </AuthCard>
    );
  }
  return (
    <AuthCard title={`Keep the ${what}`} description={`Deletion of this ${what} is requested.`}>
      <div className="flex flex-col gap-5">
        {refused && (
          <Banner tone="negative" title="Not undone">
            {refused}
          </Banner>
        )}
        <p className="text-base text-ink-soft">
          {preview.dueAt && (
            <>
              It happens on <Instant at={preview.dueAt} />.{" "}
            </>
          )}
          Undone, everything stays as it is.
        </p>
        <Button
          variant="primary"
          loading={keep.isPending}
          onClick={() => {
            setRefused(null);
            keep.mutate({ token });
          }}
        >
          Keep the {what}
        </Button>
      </div>
    </AuthCard>
  );
}
