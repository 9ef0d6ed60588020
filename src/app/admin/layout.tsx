import {
  Building2,
  ChartLine,
  Eraser,
  HeartPulse,
  LayoutDashboard,
  ListChecks,
  ShieldCheck,
  ToggleRight,
  Users,
} from "lucide-react";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { OpenedNotice } from "~/modules/admin/ui";
import { isSteppedUp } from "~/modules/auth";
import { ConfirmPage, SessionKeeper, StepUpKeeper } from "~/modules/auth/ui";
import { ApiProvider } from "~/trpc/client";
import { pageActor } from "~/trpc/server";
import { AppShell } from "~/ui/app-shell";
import { PathBreadcrumbs } from "~/ui/path-breadcrumbs";
import { gates } from "~/wiring/gates";
import { WayBack, WayOut } from "../way-back";

export const metadata: Metadata = { title: { default: "Admin", template: "%s · Admin · Tenantry" } };

const PAGES = [
  { href: "/admin", label: "Overview", icon: <LayoutDashboard aria-hidden />, exact: true },
  { href: "/admin/organizations", label: "Organizations", icon: <Building2 aria-hidden /> },
  { href: "/admin/people", label: "People", icon: <Users aria-hidden /> },
  { href: "/admin/jobs", label: "Jobs", icon: <ListChecks aria-hidden /> },
  { href: "/admin/revenue", label: "Revenue", icon: <ChartLine aria-hidden /> },
  { href: "/admin/features", label: "Features", icon: <ToggleRight aria-hidden /> },
  { href: "/admin/erasures", label: "Deletions", icon: <Eraser aria-hidden /> },
  { href: "/admin/audit", label: "Audit", icon: <ShieldCheck aria-hidden /> },
  { href: "/admin/health", label: "System health", icon: <HeartPulse aria-hidden /> },
];
const LABELS = Object.fromEntries(PAGES.map(({ href, label }) => [href.split("/").at(-1), label]));

/** The platform console. To everybody without the platform role it is not there. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const path = (await headers()).get("x-tenantry-path") ?? "/admin";
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent(path)}`);
  const isOpened = person.staff !== undefined;
  if (!isOpened && !(await gates.isPlatformAdmin(person))) notFound();
  const isConfirmed = !isOpened && (await isSteppedUp(person));
  return (
    <ApiProvider>
      <SessionKeeper />
      {isConfirmed && <StepUpKeeper />}
      <AppShell
        orgSwitcher={<WayBack />}
        navigation={[{ label: "Platform", items: PAGES }]}
        account={<WayOut />}
        breadcrumb={<PathBreadcrumbs home={{ label: "Admin", href: "/admin" }} labels={LABELS} />}
      >
        {isOpened ? <OpenedNotice /> : isConfirmed ? children : <ConfirmPage next={path} isHere />}
      </AppShell>
    </ApiProvider>
  );
}
