"use client";
import { createContext, use, type ReactNode } from "react";
import type { Feature, FeatureStates } from "~/kernel/features";
import { api } from "~/trpc/client";

const Context = createContext<FeatureStates | null>(null);

/** Around the pages of an organization; what the server knew is followed by what it knows a minute later. */
export function FeatureProvider({ states, children }: { states: FeatureStates; children: ReactNode }) {
  const { data } = api.features.states.useQuery(undefined, {
    initialData: states,
    staleTime: 60_000,
  });
  return <Context value={data}>{children}</Context>;
}

/** Whether the feature is on for the organization one looks at. The doors ask for themselves. */
export function useFeatureFlag(feature: Feature): boolean {
  const states = use(Context);
  if (!states) throw new Error("no FeatureProvider above");
  return states[feature];
}

/** What is part of a feature; `fallback` where it is off: nothing, or what unlocks it. */
export function FeatureGate({
  feature,
  fallback = null,
  children,
}: {
  feature: Feature;
  fallback?: ReactNode;
  children: ReactNode;
}) {
  return useFeatureFlag(feature) ? children : fallback;
}
