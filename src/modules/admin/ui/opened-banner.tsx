"use client";
import { useEffect, useState } from "react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { toast } from "~/ui/toast";

type Props = { organization: string; member: string; isReadOnly: boolean; expiresAt: Date };

/** Ends what is open and goes back to the console. A whole page load: nothing of the member's stays in this tab. */
async function close(): Promise<void> {
  const response = await fetch("/api/open-as", { method: "DELETE" });
  if (!response.ok) throw new Error("not ended");
  location.href = ((await response.json()) as { to: string }).to;
}

function EndButton() {
  const [isPending, setPending] = useState(false);
  return (
    <Button
      size="small"
      loading={isPending}
      onClick={() => {
        setPending(true);
        close().catch(() => {
          setPending(false);
          toast.error("It could not be ended", { description: "The server did not answer. Try again." });
        });
      }}
    >
      End
    </Button>
  );
}

/** On every page while staff have it open as a member. */
export function OpenedBanner({ organization, member, isReadOnly, expiresAt }: Props) {
  const minutes = useMinutesLeft(expiresAt);
  return (
    <Banner
      shape="strip"
      tone={isReadOnly ? "info" : "negative"}
      title={`You see ${organization} as ${member}${isReadOnly ? ", read-only" : " and can change things"}.`}
      actions={<EndButton />}
    >
      {minutes === 1 ? "Ends within a minute." : `Ends in ${minutes} minutes.`} The organization can read that
      you are here.
    </Banner>
  );
}

const EVERY_MS = 15_000;
const minutesUntil = (at: Date) => Math.max(1, Math.ceil((at.getTime() - Date.now()) / 60_000));

/** And goes back to the console when it is over. */
function useMinutesLeft(expiresAt: Date): number {
  const [minutes, setMinutes] = useState(() => minutesUntil(expiresAt));
  useEffect(() => {
    const look = () => {
      if (expiresAt.getTime() <= Date.now()) void close().catch(() => location.reload());
      else setMinutes(minutesUntil(expiresAt));
    };
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return minutes;
}

/** Instead of pages that are the person's own, or the console: the browser is somebody else for now. */
export function OpenedNotice() {
  return (
    <div className="flex flex-col items-start gap-4">
      <h1 className="text-xl font-semibold text-ink">You have an organization open as a member</h1>
      <p className="max-w-prose text-base text-ink-soft">
        This part belongs to you, and this browser is somebody else until you end it.
      </p>
      <EndButton />
    </div>
  );
}
