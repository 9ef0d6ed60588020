import { ArrowLeft, ChartLine } from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import NextLink from "next/link";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { isPlatformAdmin } from "~/modules/auth";
import { SessionKeeper, SignOutButton } from "~/modules/auth/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { Breadcrumbs } from "~/ui/breadcrumbs";
import { ThemeToggle } from "~/ui/theme-toggle";

export const metadata: Metadata = { title: { default: "Admin", template: "%s · Admin · Tenantry" } };

/** The platform console. To everybody without the platform role it is not there. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get("x-tenantry-path") ?? "/admin/revenue";
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent(path)}`);
  if (!(await isPlatformAdmin(person))) notFound();
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
            label: "Platform",
            items: [{ href: "/admin/revenue", label: "Revenue", icon: <ChartLine aria-hidden /> }],
          },
        ]}
        account={
          <div className="flex items-center justify-between gap-1">
            <SignOutButton />
            <ThemeToggle />
          </div>
        }
        breadcrumb={<Breadcrumbs items={[{ label: "Admin" }]} />}
      >
        {children}
      </AppShell>
    </ApiProvider>
  );
}
