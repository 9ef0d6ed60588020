"use client";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ErrorState } from "~/ui/error-state";

/** A page that failed, inside its shell. What the server refused says why; anything else is quoted by its id. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const refusal = refusalOf(error);
  const isRefusal = refusal.code !== "client.unreachable";
  return (
    <>
      <h1 className="sr-only">This page could not be shown</h1>
      <ErrorState
        title={isRefusal ? refusal.message : "This page could not be shown"}
        safe="Nothing was changed by this."
        next="Try again. If it stays, send us the reference below."
        actions={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
        correlationId={refusal.correlationId ?? error.digest}
      />
    </>
  );
}
