"use client";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { Dialog, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import type { Passkey } from "../schema";
import { makePasskey, PASSKEY_CANCELLED } from "./passkey-device";
import { StepUpWays } from "./step-up";
import { useTimeZone } from "./time-zone";

/** Passkeys confirm that it is oneself, where the product asks for it again. Adding and removing one asks too. */
export function PasskeysCard() {
  const timeZone = useTimeZone();
  const [all] = api.auth.passkeys.useSuspenseQuery();
  const [state] = api.auth.stepUp.useSuspenseQuery();
  return (
    <Card>
      <CardHeader
        title="Passkeys"
        description="Confirm it is you with a touch, where this is asked again: a finger, a face or a security key."
      />
      {all.length > 0 && (
        <ul className="divide-y divide-line">
          {all.map((passkey) => (
            <li
              key={passkey.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 text-base wrap-anywhere text-ink">
                  {passkey.name}
                  {passkey.isSynced && <Badge>Synced</Badge>}
                </p>
                <p className="text-sm text-ink-soft">
                  Added <RelativeTime at={passkey.createdAt} timeZone={timeZone} />,{" "}
                  {passkey.lastUsedAt ? (
                    <>
                      last used <RelativeTime at={passkey.lastUsedAt} timeZone={timeZone} />
                    </>
                  ) : (
                    "not used yet"
                  )}
                </p>
              </div>
              <RemovePasskey passkey={passkey} />
            </li>
          ))}
        </ul>
      )}
      {all.length === 0 && (
        <CardBody>
          <p className="text-base text-ink-soft">
            {state.arePasskeysOffered
              ? "You have none. A link by mail confirms as well."
              : "Passkeys need a site with a name, and this one is reached by a number. A link by mail confirms here."}
          </p>
        </CardBody>
      )}
      {state.arePasskeysOffered && (
        <CardFooter>
          <AddPasskey />
        </CardFooter>
      )}
    </Card>
  );
}

function AddPasskey() {
  const queries = api.useUtils();
  const { data: state } = api.auth.stepUp.useQuery();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const begin = api.auth.beginPasskey.useMutation();
  const add = api.auth.addPasskey.useMutation();
  const isConfirmed = state?.until != null;
  const submit = async () => {
    const called = name.trim();
    if (!called) return setRefusal("Give it a name, so that you know it again.");
    setRefusal(null);
    setIsBusy(true);
    try {
      const answer = await makePasskey(await begin.mutateAsync());
      if (answer === PASSKEY_CANCELLED) return setRefusal("No passkey was made. Try again.");
      await add.mutateAsync({ name: called, answer });
      toast.success("Passkey added");
      setIsOpen(false);
      setName("");
      await queries.auth.passkeys.invalidate();
      await queries.auth.stepUp.invalidate();
    } catch (error) {
      const isThere = error instanceof Error && error.name === "InvalidStateError";
      setRefusal(isThere ? "This device has a passkey for Tenantry already." : refusalOf(error).message);
      await queries.auth.stepUp.invalidate();
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          void queries.auth.stepUp.invalidate();
          setIsOpen(true);
        }}
      >
        Add a passkey
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen}>
        <DialogContent
          title={isConfirmed ? "Add a passkey" : "Confirm it is you"}
          description={
            isConfirmed
              ? "Your browser asks where to keep it."
              : "A passkey opens much, so it is added only by you. This counts for 15 minutes."
          }
        >
          {isConfirmed ? (
            <form
              className="flex flex-col gap-4"
              onSubmit={(event) => {
                event.preventDefault();
                void submit();
              }}
            >
              {refusal && (
                <Banner tone="negative" title="No passkey was added">
                  {refusal}
                </Banner>
              )}
              <Field id="passkey-name" label="Name" help="For you: “Laptop”, “Blue key”." required>
                <Input value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
              </Field>
              <div className="flex justify-end">
                <Button type="submit" variant="primary" loading={isBusy}>
                  Add passkey
                </Button>
              </div>
            </form>
          ) : (
            <StepUpWays next="/account" onConfirmed={() => undefined} />
          )}
        </DialogContent>
      </Dialog>
    </>
  );
}

function RemovePasskey({ passkey: { id, name } }: { passkey: Passkey }) {
  const queries = api.useUtils();
  const remove = api.auth.removePasskey.useMutation({
    onSuccess: async () => {
      toast.success("Passkey removed");
      await queries.auth.passkeys.invalidate();
      await queries.auth.stepUp.invalidate();
    },
  });
  const refusal = remove.error && refusalOf(remove.error);
  return (
    <ConfirmDialog
      trigger={<Button>Remove</Button>}
      title="Remove this passkey"
      description={`“${name}” confirms nothing here any more. Remove it from the device as well, where it is kept.`}
      confirmLabel="Remove passkey"
      onConfirm={() => remove.mutateAsync({ id })}
      error={
        refusal &&
        (refusal.code === "auth.step_up_required" ? (
          <>
            {refusal.message}{" "}
            <a className="underline" href="/account/confirm?next=%2Faccount">
              Confirm it is you
            </a>
          </>
        ) : (
          refusal.message
        ))
      }
    />
  );
}
