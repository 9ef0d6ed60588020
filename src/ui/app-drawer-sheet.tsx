"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";

import type { AppDrawerProps } from "./app-drawer";
import type { OverlayProps } from "./late-overlay";
import { Sheet, SheetContent, SheetTrigger } from "./sheet";

/** What `AppDrawer` opens. */
export function AppDrawerSheet({ label, children, trigger }: AppDrawerProps & OverlayProps) {
  const pathname = usePathname();
  // Open at one address only, so that following a link closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <Sheet open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
      <SheetTrigger>{trigger}</SheetTrigger>
      <SheetContent title={label} side="start" size="small" bare className="lg:hidden">
        <div className="flex h-full flex-col gap-4 p-3 [&>*:first-child]:me-10">{children}</div>
      </SheetContent>
    </Sheet>
  );
}
