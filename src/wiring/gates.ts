/** Binds what doors ask to the slices that know. */
import { actorOfToken, isPlatformAdmin } from "~/modules/auth";
import { countCall } from "~/modules/metering";
import { actAs, orgAtDoor } from "~/modules/tenancy";
import type { Gates } from "~/server/trpc/gates";

export const gates: Gates = {
  session: actorOfToken,
  membership: orgAtDoor,
  permission: actAs,
  isPlatformAdmin,
  called: countCall,
};
