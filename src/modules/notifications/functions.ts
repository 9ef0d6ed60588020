/** Notifications' Inngest door: what tenancy announces. */
import type { InngestFunction } from "inngest";
import { LIMIT_NEARED, LimitNeared } from "~/modules/metering/events";
import { INVITATION_ACCEPTED, InvitationAccepted, ROLE_CHANGED, RoleChanged } from "~/modules/tenancy/events";
import { onEvent } from "~/server/events/on-event";
import { tellOfLimit } from "./flows/tell-of-limit";
import { tellOfAcceptance, tellOfRole } from "./flows/tell";

export const notificationFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "notify-of-acceptance",
    event: INVITATION_ACCEPTED,
    data: InvitationAccepted,
    run: tellOfAcceptance,
  }),
  onEvent({ id: "notify-of-limit", event: LIMIT_NEARED, data: LimitNeared, run: tellOfLimit }),
  onEvent({ id: "notify-of-role", event: ROLE_CHANGED, data: RoleChanged, run: tellOfRole }),
];
