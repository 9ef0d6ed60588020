import { ArrowLeft, Laptop, UserRound } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import NextLink from "next/link";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { SessionKeeper, SignOutButton } from "~/modules/auth/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { Breadcrumbs } from "~/ui/breadcrumbs";
import { ThemeToggle } from "~/ui/theme-toggle";

export const metadata: Metadata = { title: { default: "Account", template: "%s · Account · Tenantry" } };

/** What belongs to the person, whatever organization they came from. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get("x-tenantry-path") ?? "/account";
  if (!(await pageActor())) redirect(`/login/continue?next=${encodeURIComponent(path)}`);
  return (
    <ApiProvider>
      <SessionKeeper />
      <AppShell
        orgSwitcher={
          <NextLink
            href="/login/landing"
            prefetch={false}
            className="flex h-10 items-center gap-2 rounded-md px-2 text-base text-ink-soft transition-colors hover:bg-ink/5 hover:text-ink pointer-coarse:h-control"
          >
            <ArrowLeft aria-hidden className="size-4" />
            Back to dashboard
          </NextLink>
        }
        navigation={[
          {
            label: "Account",
            items: [
              { href: "/account", label: "Profile", icon: <UserRound aria-hidden /> },
              { href: "/account/devices", label: "Devices", icon: <Laptop aria-hidden /> },
            ],
          },
        ]}
        account={
          <div className="flex items-center justify-between gap-1">
            <SignOutButton />
            <ThemeToggle />
          </div>
        }
        breadcrumb={<Breadcrumbs items={[{ label: "Account" }]} />}
      >
        {children}
      </AppShell>
    </ApiProvider>
  );
}
