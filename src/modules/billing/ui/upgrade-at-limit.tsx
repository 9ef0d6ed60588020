"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { refusalOf } from "~/trpc/client";

// Needed only where a plan ends: the page does not wait for it.
const UpgradeDialog = dynamic(() => import("./upgrade-dialog").then((room) => room.UpgradeDialog), {
  ssr: false,
});

const PLAN_REFUSALS = ["quota_exceeded", "plan_required"];

/** Whether a refused call ran into a limit of the plan. */
export const isPlanRefusal = (error: unknown): boolean => PLAN_REFUSALS.includes(refusalOf(error).code);

/** Hears every act of the page that the plan refuses, and offers the way on where it happened. Once in a layout. */
export function UpgradeAtLimit() {
  const client = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  useEffect(
    () =>
      client.getMutationCache().subscribe((event) => {
        if (event.type === "updated" && event.action.type === "error" && isPlanRefusal(event.action.error))
          setError(event.action.error);
      }),
    [client],
  );
  return error ? <UpgradeDialog error={error} onClose={() => setError(null)} /> : null;
}
