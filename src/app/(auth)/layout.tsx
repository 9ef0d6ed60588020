import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ApiProvider } from "~/trpc/client";

/** Links carry their token in the address: no other site may learn it from a Referer, and no index may keep it. */
export const metadata: Metadata = { referrer: "same-origin", robots: { index: false } };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <ApiProvider>{children}</ApiProvider>;
}
