import type { ReactNode } from "react";
import { MembersHeader } from "~/modules/tenancy/ui";

export default function MembersLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <MembersHeader />
      {children}
    </>
  );
}
