import type { ReactNode } from "react";
import { permitted } from "../../permitted";

/** Above the loading state, which would already have answered 200 (design decision 19). */
export default async function FeaturesLayout({
  params,
  children,
}: {
  params: Promise<{ org: string }>;
  children: ReactNode;
}) {
  const { org } = await params;
  await permitted(org, "feature.read");
  return children;
}
