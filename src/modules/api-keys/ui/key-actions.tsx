"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { RadioGroup } from "~/ui/radio-group";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import type { Key, NewKey, Overlap } from "../schema";

/** `onMade` is told of the key that takes over; the page shows it. */
type Given = { apiKey: Key; timeZone: string; onMade: (key: NewKey) => void };

export const KeyActions = (given: Given) => (
  <span className="flex justify-end gap-1.5">
    {!given.apiKey.replacedById && <Rotate {...given} />}
    <Revoke {...given} />
  </span>
);

const OVERLAPS: { value: Overlap; label: string; description: string }[] = [
  { value: "none", label: "Stop at once", description: "For a key that leaked." },
  { value: "hour", label: "1 hour", description: "For a program that is set up again now." },
  { value: "day", label: "24 hours", description: "For programs that are set up again during the day." },
  { value: "week", label: "7 days", description: "The longest." },
];

function Rotate({ apiKey: { id, name, createdBy, expiresAt }, onMade }: Given) {
  const [isOpen, setOpen] = useState(false);
  const [overlap, setOverlap] = useState<Overlap>("day");
  const rotate = api.apiKeys.rotate.useMutation({
    onSuccess: (key) => {
      setOpen(false);
      onMade(key);
    },
  });
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(next) => {
        setOpen(next);
        rotate.reset();
      }}
    >
      <DialogTrigger>
        <Button size="small" aria-label={`Rotate ${name}`}>
          Rotate
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Rotate “${name}”`}
        description={`A new key with the same scopes takes over.${createdBy.isYou ? "" : ` It acts for you, no more for ${createdBy.name}.`}`}
      >
        <form
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            rotate.mutate({ id, overlap });
          }}
        >
          <FormErrors
            title="Nothing was changed"
            errors={rotate.error ? [{ message: refusalOf(rotate.error).message }] : []}
          />
          <Field
            label="The old key goes on for"
            help={expiresAt ? "Never longer than to its own expiry." : undefined}
          >
            <RadioGroup look="cards" options={OVERLAPS} value={overlap} onValueChange={setOverlap} />
          </Field>
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant="primary" loading={rotate.isPending}>
              Rotate key
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function Revoke({
  apiKey: { id, name, lastUsedAt, lastUsedAddress, sessions },
  timeZone,
}: Omit<Given, "onMade">) {
  const keys = api.useUtils().apiKeys;
  const revoke = api.apiKeys.revoke.useMutation({
    onSuccess: () => toast.success(`“${name}” is revoked.`, { description: "It stops within a second." }),
    onSettled: () => keys.list.invalidate(),
  });
  return (
    <ConfirmDialog
      trigger={
        <Button size="small" variant="ghost" aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      }
      title={`Revoke “${name}”`}
      description={
        <>
          What uses it stops within a second, and there is no way back.{" "}
          {lastUsedAt ? (
            <>
              It was last used <RelativeTime at={lastUsedAt} timeZone={timeZone} />
              {lastUsedAddress && ` from ${lastUsedAddress}`}.
            </>
          ) : (
            "It was never used."
          )}
          {sessions.length > 0 &&
            ` ${sessions.length === 1 ? "One program holds a token" : `${sessions.length} programs hold tokens`} of it, which stop too.`}
        </>
      }
      confirmLabel="Revoke key"
      onConfirm={() => revoke.mutateAsync({ id })}
      error={revoke.error && refusalOf(revoke.error).message}
    />
  );
}
