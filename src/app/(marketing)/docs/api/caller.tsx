"use client";
import { createContext, useContext, useMemo, useState, type ReactNode } from "react";

export type OwnOrg = { slug: string; name: string };

type Caller = {
  /** The organization of whoever is signed in; null for strangers, and for those without one. */
  own: OwnOrg | null;
  /** What was pasted. Lives as long as the page: it is kept nowhere. */
  key: string;
  setKey: (key: string) => void;
  /** Calls are made with the key. */
  usesKey: boolean;
  setUsesKey: (uses: boolean) => void;
};
const CallerContext = createContext<Caller | null>(null);

/** Who tries: one choice for all operations. */
export function CallerProvider({ own, children }: { own: OwnOrg | null; children: ReactNode }) {
  const [key, setKey] = useState("");
  const [wantsKey, setUsesKey] = useState(false);
  const usesKey = own === null || wantsKey;
  const caller = useMemo(() => ({ own, key, setKey, usesKey, setUsesKey }), [own, key, usesKey]);
  return <CallerContext value={caller}>{children}</CallerContext>;
}

export function useCaller(): Caller {
  const caller = useContext(CallerContext);
  if (!caller) throw new Error("outside of a CallerProvider");
  return caller;
}
