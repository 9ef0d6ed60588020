"use client";
import { useEffect, useEffectEvent } from "react";
import { useMay, useMayKeepOwn, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { listenLive } from "~/trpc/live";
import { toast } from "~/ui/toast";
import { isUnread } from "../rules";
import type { MarkReadInput, Unread } from "../schema";

/** How many are unread, live over the one connection that jobs use as well. Undefined until it is known. */
export function useUnread(): Unread | undefined {
  const { currentOrganization, user } = useTenancy();
  const { slug } = currentOrganization;
  const everyone = useMay("job.readAll");
  const utils = api.useUtils();
  const { data } = api.notifications.unread.useQuery();
  const hear = useEffectEvent((told: unknown) => {
    if (!isUnread(told)) return;
    const before = utils.notifications.unread.getData();
    utils.notifications.unread.setData(undefined, told);
    if (before?.newestId !== told.newestId || before?.count !== told.count) {
      void utils.notifications.list.invalidate();
    }
  });
  const readAnew = useEffectEvent(() => void utils.notifications.invalidate());
  useEffect(
    () =>
      listenLive(
        { orgSlug: slug, userId: user.id, everyone },
        { on: { notification: (told) => hear(told) }, onGap: () => readAnew() },
      ),
    [slug, user.id, everyone],
  );
  return data;
}

/** Marks as read, on screen at once; what the server refuses comes back. Not for staff, who have not read it for anybody. */
export function useMarkRead() {
  const utils = api.useUtils();
  const mayMark = useMayKeepOwn();
  const { mutate, isPending } = api.notifications.markRead.useMutation({
    onError: (error) => toast.error(refusalOf(error).message),
    onSettled: () => utils.notifications.invalidate(),
  });
  return { mayMark, isPending, mark: (which: MarkReadInput) => mayMark && mutate(which) };
}
