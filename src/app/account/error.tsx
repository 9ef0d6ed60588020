"use client";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ErrorState } from "~/ui/error-state";

/** A page that failed, inside its shell. */
export default function AccountError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const { code, message, correlationId } = refusalOf(error);
  return (
    <>
      <h1 className="sr-only">This page could not be shown</h1>
      <ErrorState
        title={code === "client.unreachable" ? "This page could not be shown" : message}
        safe="Nothing was changed by this."
        next="Try again. If it stays, send us the reference below."
        actions={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
        correlationId={correlationId ?? error.digest}
      />
    </>
  );
}
