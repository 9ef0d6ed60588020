"use client";
import { Check, ChevronRight, Circle, X } from "lucide-react";
import type { Permission } from "~/kernel/roles";
import { api, refusalOf } from "~/trpc/client";
import { Card, CardHeader } from "~/ui/card";
import { IconButton } from "~/ui/icon-button";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import { useMay, useMayKeepOwn, useTenancy } from "./tenancy-context";

export type ChecklistItem = { key: string; title: string; detail: string; href: string; isDone: boolean };

/**
 * First steps, counted from what is there. `own` are steps that other parts of the product know of. Gone once all are
 * done, for those who may not take them, and for good when the member puts them away.
 */
export function SetupChecklist({ own = [] }: { own?: ChecklistItem[] }) {
  const { currentOrganization } = useTenancy();
  const [progress] = api.tenancy.setup.useSuspenseQuery();
  const may: Record<string, boolean> = {
    invite: useMay("member.invite" satisfies Permission),
    logo: useMay("organization.update" satisfies Permission),
    name: useMayKeepOwn(),
  };
  const utils = api.useUtils();
  const hide = api.tenancy.hideSetup.useMutation({
    onMutate: () =>
      utils.tenancy.setup.setData(undefined, (before) => before && { ...before, isHidden: true }),
    onError: (error) => {
      toast.error(refusalOf(error).message);
      void utils.tenancy.setup.invalidate();
    },
  });
  const home = `/o/${currentOrganization.slug}`;
  const steps: ChecklistItem[] = [
    {
      key: "name",
      title: "Say what you are called",
      detail: "Colleagues see it beside what you do.",
      href: "/account",
      isDone: progress.hasName,
    },
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
  if (progress.isHidden || doneCount === steps.length) return null;
  return (
    <Card aria-label="First steps">
      <CardHeader
        title="First steps"
        description={`${doneCount} of ${steps.length} done.`}
        actions={
          may.name && (
            <IconButton
              label="Hide first steps for good"
              icon={<X />}
              loading={hide.isPending}
              onClick={() => hide.mutate()}
            />
          )
        }
      />
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
              <PageLink
                href={href}
                className="flex items-center gap-3 px-4 py-3 -outline-offset-2! transition-colors hover:bg-ink/3"
              >
                <Circle aria-hidden className="size-4 shrink-0 text-ink-faint" />
                <span className="min-w-0 grow">
                  <span className="block font-medium text-ink">{title}</span>
                  <span className="block text-sm text-ink-soft">{detail}</span>
                </span>
                <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-faint rtl:-scale-x-100" />
              </PageLink>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
