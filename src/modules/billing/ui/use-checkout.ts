"use client";
import { useState } from "react";
import type { Plan } from "~/kernel/plans";
import { api, refusalOf } from "~/trpc/client";
import { toast } from "~/ui/toast";

/** Leaves for a page of Stripe. `isLeaving` stays true until the browser is gone. */
export function useCheckout() {
  const [isLeaving, setLeaving] = useState(false);
  const options = {
    onSuccess: ({ url }: { url: string }) => window.location.assign(url),
    onError: (error: unknown) => {
      setLeaving(false);
      toast.error(refusalOf(error).message);
    },
  };
  const checkout = api.billing.checkout.useMutation(options);
  const portal = api.billing.portal.useMutation(options);
  return {
    isLeaving,
    /** To the checkout of the plan; Pro where none is named. */
    upgrade: (plan: Plan = "PRO") => {
      setLeaving(true);
      checkout.mutate({ plan, intentId: crypto.randomUUID() });
    },
    openPortal: () => {
      setLeaving(true);
      portal.mutate();
    },
  };
}
