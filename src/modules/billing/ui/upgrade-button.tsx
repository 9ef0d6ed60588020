"use client";
import { Button } from "~/ui/button";
import { useCheckout } from "./use-checkout";

/** One click to the page where Pro is paid; for pages of other slices that run into a limit. */
export function UpgradeButton() {
  const { upgrade, isLeaving } = useCheckout();
  return (
    <Button variant="primary" loading={isLeaving} onClick={() => upgrade()}>
      Upgrade to Pro
    </Button>
  );
}
