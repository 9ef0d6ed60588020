"use client";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ErrorState } from "~/ui/error-state";
import { Skeleton } from "~/ui/skeleton";

/** A page whose figures could not be read. */
export function Failed({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) {
  const { message, correlationId } = refusalOf(error);
  return (
    <ErrorState
      title={`${what} could not be read`}
      next={message}
      correlationId={correlationId ?? undefined}
      actions={<Button onClick={onRetry}>Try again</Button>}
    />
  );
}

export const Loading = () => (
  <div role="status" className="flex flex-col gap-6">
    <span className="sr-only">Loading</span>
    <Skeleton className="h-24 w-full" />
    <Skeleton className="h-64 w-full" />
  </div>
);
