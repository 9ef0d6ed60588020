import { Database, Laptop, UserRound } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OpenedNotice } from "~/modules/admin/ui";
import { SessionKeeper } from "~/modules/auth/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { PathBreadcrumbs } from "~/ui/path-breadcrumbs";
import { WayBack, WayOut } from "../way-back";

export const metadata: Metadata = { title: { default: "Account", template: "%s · Account · Tenantry" } };

const PAGES = [
  { href: "/account", label: "Profile", icon: <UserRound aria-hidden /> },
  { href: "/account/devices", label: "Devices", icon: <Laptop aria-hidden /> },
  { href: "/account/data", label: "Your data", icon: <Database aria-hidden /> },
];
const LABELS = { devices: "Devices", data: "Your data", confirm: "Confirm it is you" };

/** What belongs to the person, whatever organization they came from. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get("x-tenantry-path") ?? "/account";
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent(path)}`);
  return (
    <ApiProvider>
      <SessionKeeper />
      <AppShell
        orgSwitcher={<WayBack />}
        navigation={[{ label: "Account", items: PAGES }]}
        account={<WayOut />}
        breadcrumb={<PathBreadcrumbs home={{ label: "Account", href: "/account" }} labels={LABELS} />}
      >
        {person.staff ? <OpenedNotice /> : children}
      </AppShell>
    </ApiProvider>
  );
}
