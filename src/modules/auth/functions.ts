/** Sign-in's Inngest door: what tenancy announces of people. */
import type { InngestFunction } from "inngest";
import { MEMBER_JOINED, MemberJoined } from "~/modules/tenancy/events";
import { onEvent } from "~/server/events/on-event";
import { welcome } from "./flows/welcome";

export const authFunctions = (): InngestFunction.Any[] => [
  onEvent({
    id: "welcome",
    event: MEMBER_JOINED,
    data: MemberJoined,
    run: (data, trace) => welcome(data, trace),
  }),
];
