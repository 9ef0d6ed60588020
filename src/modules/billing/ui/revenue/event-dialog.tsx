"use client";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { Skeleton } from "~/ui/skeleton";
import { toast } from "~/ui/toast";

export function EventDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const utils = api.useUtils();
  const { data, error } = api.billing.revenue.event.useQuery({ id });
  const replay = api.billing.revenue.replay.useMutation({
    onSuccess: async () => {
      await utils.billing.revenue.invalidate();
      toast.success("Handled again.");
    },
    onError: (refused) => toast.error(refusalOf(refused).message),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="large"
        title={data?.type ?? "Event"}
        description={data?.lastError ? `The last try failed: ${data.lastError}` : id}
        footer={
          <>
            <DialogClose>
              <Button>Close</Button>
            </DialogClose>
            <Button variant="primary" loading={replay.isPending} onClick={() => replay.mutate({ id })}>
              Replay
            </Button>
          </>
        }
      >
        {error ? (
          <p className="text-base text-ink-soft">{refusalOf(error).message}</p>
        ) : !data ? (
          <Skeleton className="h-48 w-full" />
        ) : data.body === null ? (
          <p className="text-base text-ink-soft">The body was emptied: it is kept 90 days.</p>
        ) : (
          <pre
            // The body can be longer than the dialog: it scrolls by keyboard too.
            tabIndex={0}
            aria-label="Body"
            className="max-h-80 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap text-ink"
          >
            {data.body}
          </pre>
        )}
      </DialogContent>
    </Dialog>
  );
}
