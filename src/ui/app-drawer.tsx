"use client";

import { Menu } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useState } from "react";

import { IconButton } from "./icon-button";
import { Sheet, SheetContent, SheetTrigger } from "./sheet";

/** The sidebar's content on screens too narrow for a sidebar. */
export function AppDrawer({ label, children }: { label: string; children: ReactNode }) {
  const pathname = usePathname();
  // Open at one address only, so that following a link closes it.
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <Sheet open={openAt === pathname} onOpenChange={(open) => setOpenAt(open ? pathname : null)}>
      <SheetTrigger>
        <IconButton label={label} icon={<Menu />} tooltip={false} className="-ms-1 lg:hidden" />
      </SheetTrigger>
      <SheetContent title={label} side="start" size="small" bare className="lg:hidden">
        <div className="flex h-full flex-col gap-4 p-3 [&>*:first-child]:me-10">{children}</div>
      </SheetContent>
    </Sheet>
  );
}
