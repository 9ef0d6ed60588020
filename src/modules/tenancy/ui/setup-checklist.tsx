"use client";
import { Check, ChevronRight, Circle } from "lucide-react";
import NextLink from "next/link";
import type { Permission } from "~/kernel/roles";
import { api } from "~/trpc/client";
import { Card, CardHeader } from "~/ui/card";
import { useMay, useTenancy } from "./tenancy-context";

export type ChecklistItem = { key: string; title: string; detail: string; href: string; isDone: boolean };

/**
 * First steps, counted from what is there. `own` are steps that other parts of the product know of. Gone once all are
 * done, and for those who may not take them.
 */
export function SetupChecklist({ own = [] }: { own?: ChecklistItem[] }) {
  const { currentOrganization } = useTenancy();
  const [progress] = api.tenancy.setup.useSuspenseQuery();
  const may: Record<string, boolean> = {
    invite: useMay("member.invite" satisfies Permission),
    logo: useMay("organization.update" satisfies Permission),
  };
  const home = `/o/${currentOrganization.slug}`;
  const steps: ChecklistItem[] = [
    ...own,
    {
      key: "invite",
      title: "Invite a colleague",
      detail:
        progress.openInvitationCount > 0 ? "An invitation is on its way." : "They get a mail with a link.",
      href: `${home}/members`,
      isDone: progress.memberCount > 1,
    },
    {
      key: "logo",
      title: "Add your logo",
      detail: "It stands beside the name, for everybody here.",
      href: `${home}/settings`,
      isDone: progress.hasLogo,
    },
  ].filter(({ key }) => may[key] ?? true);
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  if (doneCount === steps.length) return null;
  return (
    <Card aria-label="First steps">
      <CardHeader title="First steps" description={`${doneCount} of ${steps.length} done.`} />
      <ul className="divide-y divide-line">
        {steps.map(({ key, title, detail, href, isDone }) => (
          <li key={key}>
            {isDone ? (
              <div className="flex items-center gap-3 px-4 py-3">
                <Check aria-hidden className="size-4 shrink-0 text-positive" />
                <span className="text-ink-soft">
                  {title} <span className="sr-only">(done)</span>
                </span>
              </div>
            ) : (
              <NextLink
                href={href}
                className="flex items-center gap-3 px-4 py-3 -outline-offset-2! transition-colors hover:bg-ink/3"
              >
                <Circle aria-hidden className="size-4 shrink-0 text-ink-faint" />
                <span className="min-w-0 grow">
                  <span className="block font-medium text-ink">{title}</span>
                  <span className="block text-sm text-ink-soft">{detail}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint rtl:-scale-x-100" />
              </NextLink>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
