"use client";
import { useState } from "react";
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
    upgrade: () => {
      setLeaving(true);
      checkout.mutate({ plan: "PRO", intentId: crypto.randomUUID() });
    },
    openPortal: () => {
      setLeaving(true);
      portal.mutate();
    },
  };
}
