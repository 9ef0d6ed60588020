"use client";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { RelativeTime } from "~/ui/relative-time";
import { Select } from "~/ui/select";
import { toast } from "~/ui/toast";
import { OVERLAP_HOURS, type Endpoint } from "../schema";

const OVERLAPS = [
  { value: "0", label: "Not at all", description: "Where it may be known to others" },
  { value: "1", label: "For an hour" },
  { value: "24", label: "For a day" },
  { value: "168", label: "For a week" },
];

/** What deliveries are signed with: shown on demand, replaced with an overlap. */
export function SecretCard({ endpoint }: { endpoint: Endpoint }) {
  const { timeZone } = useTenancy().currentOrganization;
  const mayManage = useMay("webhook.manage");
  const [secret, setSecret] = useState<string | null>(null);
  const show = api.webhooks.showSecret.useMutation({
    onSuccess: (shown) => setSecret(shown.secret),
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return (
    <Card aria-label="Signing secret">
      <CardHeader
        title="Signing secret"
        description="Verify each request with it, by any library of Standard Webhooks."
      />
      <CardBody className="flex flex-col gap-2">
        {secret ? (
          <CopyId value={secret} label="Copy signing secret" className="w-fit" />
        ) : (
          <p className="font-mono text-xs text-ink-soft" aria-label="Hidden">
            whsec_••••••••••••••••
          </p>
        )}
        {endpoint.oldSecretUntil && (
          <p className="text-sm text-ink-soft">
            The secret before this one signs as well:{" "}
            <RelativeTime at={endpoint.oldSecretUntil} timeZone={timeZone} />.
          </p>
        )}
      </CardBody>
      {mayManage && (
        <CardFooter hint="Whoever looks at it is named in the audit log.">
          {secret ? (
            <Button onClick={() => setSecret(null)}>Hide</Button>
          ) : (
            <Button loading={show.isPending} onClick={() => show.mutate({ id: endpoint.id })}>
              Show
            </Button>
          )}
          <ReplaceDialog endpoint={endpoint} onReplaced={setSecret} />
        </CardFooter>
      )}
    </Card>
  );
}

function ReplaceDialog({
  endpoint: { id },
  onReplaced,
}: {
  endpoint: Endpoint;
  onReplaced: (secret: string) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState("24");
  const utils = api.useUtils().webhooks;
  const rotate = api.webhooks.rotateSecret.useMutation({
    onSettled: () => utils.endpoint.invalidate({ id }),
    onSuccess: ({ secret }) => {
      onReplaced(secret);
      setOpen(false);
      toast.success("The secret was replaced. The new one is shown.");
    },
  });
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>Replace</Button>
      </DialogTrigger>
      <DialogContent
        title="Replace the signing secret"
        description="While both are good, each request carries two signatures: receivers can change over in their own time."
        size="small"
      >
        <div className="flex flex-col gap-5">
          {rotate.error && (
            <FormErrors title="Nothing was changed" errors={[{ message: refusalOf(rotate.error).message }]} />
          )}
          <Field id={`${id}-overlap`} label="How long the old one signs as well">
            <Select value={overlap} onValueChange={setOverlap} options={OVERLAPS} />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button
              variant="primary"
              loading={rotate.isPending}
              onClick={() =>
                rotate.mutate({
                  id,
                  overlapHours: OVERLAP_HOURS.find((hours) => String(hours) === overlap) ?? 24,
                })
              }
            >
              Replace secret
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
