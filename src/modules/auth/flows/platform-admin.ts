/** Staff of whoever runs the platform. */
import type { UserActor } from "~/kernel/actor";
import { readUser } from "~/server/db/with-user";
import { ownUser } from "../queries";

/** Read from the person's own row each time: a role that was taken holds for no further request. */
export const isPlatformAdmin = async (actor: UserActor): Promise<boolean> =>
  (await readUser(actor, ownUser))?.platformRole === "admin";
