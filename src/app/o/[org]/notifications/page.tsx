import type { Metadata } from "next";
import { ListNotificationsInput } from "~/modules/notifications";
import { NotificationsPage } from "~/modules/notifications/ui";
import { Hydrate, prefetchApi } from "~/trpc/server";

export const metadata: Metadata = { title: "Notifications" };

type Props = {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Notifications({ params, searchParams }: Props) {
  const { org } = await params;
  const { only, after } = await searchParams;
  // An address that was tampered with shows the list as if nothing was asked.
  const asked = ListNotificationsInput.safeParse({ only, cursor: after });
  const input = asked.success ? asked.data : ListNotificationsInput.parse({});
  const { trpc } = prefetchApi(org);
  await trpc.notifications.list.prefetch(input);
  return (
    <Hydrate orgSlug={org}>
      <NotificationsPage input={input} />
    </Hydrate>
  );
}
