import { CircleAlert, CircleCheck, Gauge, ShieldCheck, UserPlus, Webhook } from "lucide-react";
import type { ReactNode } from "react";
import { METERS } from "~/kernel/meter-table";
import { ROLE_WORDS } from "~/kernel/roles";
import type { NotificationItem } from "../schema";

type Face = { icon: ReactNode; title: string; detail: string; path: string };

/** "bulk_import" → "Bulk import". */
const named = (name: string): string => {
  const spaced = name.replace(/[_-]+/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

/** How a notification reads, and where it leads (below `/o/{slug}`). */
export function faceOf(item: NotificationItem): Face {
  switch (item.kind) {
    case "job.completed":
      return {
        icon: <CircleCheck aria-hidden className="text-positive" />,
        title: `${named(item.detail.taskType)} is done`,
        detail: "Your job has completed.",
        path: `/jobs/${item.targetId}`,
      };
    case "job.failed":
      return {
        icon: <CircleAlert aria-hidden className="text-negative" />,
        title: `${named(item.detail.taskType)} has failed`,
        detail: "See why, and run it again.",
        path: `/jobs/${item.targetId}`,
      };
    case "invitation.accepted":
      return {
        icon: <UserPlus aria-hidden className="text-info" />,
        title: `${item.person?.name ?? "Somebody"} has joined`,
        detail: `Your invitation was accepted. Role: ${ROLE_WORDS[item.detail.role].label}.`,
        path: "/members",
      };
    case "role.changed":
      return {
        icon: <ShieldCheck aria-hidden className="text-info" />,
        title: `Your role is ${ROLE_WORDS[item.detail.after].label} now`,
        detail: `${item.person?.name ?? "Somebody"} changed it. Before, it was ${ROLE_WORDS[item.detail.before].label}.`,
        path: "",
      };
    case "webhook.failing":
      return {
        icon: <Webhook aria-hidden className="text-caution" />,
        title: "A webhook is failing",
        detail: "It has taken nothing for a day. See what it answers.",
        path: `/settings/webhooks/${item.targetId}`,
      };
    case "webhook.disabled":
      return {
        icon: <Webhook aria-hidden className="text-negative" />,
        title: "A webhook was switched off",
        detail: "It took nothing for three days, or said that it is gone.",
        path: `/settings/webhooks/${item.targetId}`,
      };
    case "limit.neared": {
      const { label } = METERS[item.detail.meter];
      const isReached = item.detail.threshold === 100;
      return {
        icon: <Gauge aria-hidden className={isReached ? "text-negative" : "text-caution"} />,
        title: isReached ? `${label}: the plan is used up` : `${label}: 80 % of the plan is used`,
        detail: isReached
          ? "More is to be had on the billing page."
          : "See what uses it, and when it begins anew.",
        path: "/usage",
      };
    }
  }
}
