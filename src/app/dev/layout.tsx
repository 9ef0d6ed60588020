import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { env } from "~/server/config/env";

/** Pages for whoever builds the product; elsewhere they don't exist. */
export default function DevLayout({ children }: { children: ReactNode }) {
  if (env().APP_ENV !== "local") notFound();
  return children;
}
