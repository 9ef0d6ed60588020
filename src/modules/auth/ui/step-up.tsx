"use client";
import { Fingerprint, Mail } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { Dialog, DialogContent } from "~/ui/dialog";
import { PageHeader } from "~/ui/page-header";
import { LINK_VALID_MINUTES, STEP_UP_MINUTES } from "../rules";
import { askPasskey, PASSKEY_CANCELLED } from "./passkey-device";

/** How often a page that waits for the mailed link's button in another tab looks whether it was pressed. */
const LOOK_EVERY_MS = 3_000;

const WHY = `This part asks for it again: by a passkey, or by a link we mail to you. It counts for ${STEP_UP_MINUTES} minutes.`;

/** The two ways to confirm. `next`: where the mailed link's button leads; `onConfirmed` may be called more than once. */
export function StepUpWays({ next, onConfirmed }: { next: string; onConfirmed: () => void }) {
  const [isWaiting, setIsWaiting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const queries = api.useUtils();
  const { data: state } = api.auth.stepUp.useQuery(undefined, {
    refetchInterval: isWaiting ? LOOK_EVERY_MS : false,
  });
  const isConfirmed = state?.until != null;
  const goOn = useEffectEvent(onConfirmed);
  useEffect(() => {
    if (isConfirmed) goOn();
  }, [isConfirmed]);

  const begin = api.auth.beginConfirm.useMutation();
  const confirm = api.auth.confirmByPasskey.useMutation();
  const [isAsking, setIsAsking] = useState(false);
  const byPasskey = async () => {
    setRefusal(null);
    setIsAsking(true);
    try {
      const answer = await askPasskey(await begin.mutateAsync());
      if (answer === PASSKEY_CANCELLED) setRefusal("No passkey was used. Try again, or use a link by mail.");
      else {
        await confirm.mutateAsync({ answer });
        await queries.auth.stepUp.invalidate();
      }
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setIsAsking(false);
    }
  };
  const mail = api.auth.requestStepUp.useMutation({
    onMutate: () => setRefusal(null),
    onSuccess: () => setIsWaiting(true),
    onError: (error) => setRefusal(refusalOf(error).message),
  });
  const hasPasskey = state?.hasPasskey && state.arePasskeysOffered;

  return (
    <div className="flex flex-col gap-4">
      <div aria-live="polite" className="flex flex-col gap-4 empty:hidden">
        {refusal && (
          <Banner tone="negative" title="Not confirmed yet">
            {refusal}
          </Banner>
        )}
        {isWaiting && (
          <Banner tone="info" title="A link is on its way">
            To <span className="font-medium wrap-anywhere">{state?.email}</span>. Open it in this browser
            within {LINK_VALID_MINUTES} minutes; this page goes on by itself.
          </Banner>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        {hasPasskey && (
          <Button
            variant="primary"
            icon={<Fingerprint aria-hidden />}
            loading={isAsking}
            onClick={() => void byPasskey()}
          >
            Use a passkey
          </Button>
        )}
        <Button
          variant={hasPasskey ? "secondary" : "primary"}
          icon={<Mail aria-hidden />}
          loading={mail.isPending}
          onClick={() => mail.mutate({ next })}
        >
          {isWaiting ? "Send another link" : "Send me a link"}
        </Button>
      </div>
      {state && !hasPasskey && state.arePasskeysOffered && (
        <p className="text-sm text-ink-soft">A passkey on your profile page makes this one touch.</p>
      )}
    </div>
  );
}

/**
 * A page instead of the one that wanted it, to which it goes on by itself; `isHere`: that page has this same address, and
 * the server draws it once this is confirmed.
 */
export function ConfirmPage({ next, isHere = false }: { next: string; isHere?: boolean }) {
  const router = useRouter();
  return (
    <>
      <PageHeader title="Confirm it is you" description={WHY} />
      <Card className="max-w-2xl">
        <CardHeader
          title="Before you go on"
          description="You are signed in; this shows that it is still you at the keys."
        />
        <CardBody>
          <StepUpWays next={next} onConfirmed={() => (isHere ? router.refresh() : router.replace(next))} />
        </CardBody>
      </Card>
    </>
  );
}

/** Waits beyond the end of a confirmation before the server is asked whether it is over: clocks differ. */
const AFTER_END_MS = 500;
const ASK_AGAIN_AT_LEAST_MS = 2_000;

/**
 * Stands in a layout whose pages want a confirmation: when it runs out, it asks again over the page, which stays as it
 * is, with whatever was typed.
 */
export function StepUpKeeper() {
  const queries = api.useUtils();
  const path = usePathname();
  const { data: state } = api.auth.stepUp.useQuery(undefined, {
    refetchInterval: ({ state: { data } }) =>
      data?.until ? Math.max(ASK_AGAIN_AT_LEAST_MS, data.until.getTime() - Date.now() + AFTER_END_MS) : false,
  });
  return (
    <Dialog open={state !== undefined && state.until === null} onOpenChange={() => undefined}>
      <DialogContent title="Confirm it is you" description={WHY}>
        {/* What was refused meanwhile is asked for again. */}
        <StepUpWays next={path} onConfirmed={() => void queries.invalidate()} />
      </DialogContent>
    </Dialog>
  );
}
