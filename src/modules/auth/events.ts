/** What sign-in announces. Ids only. */
import { z } from "zod";

/** The mail server took the mail that welcomes a person to their first organization. */
export const WELCOME_MAILED = "auth/welcome.mailed";
export const WelcomeMailed = z.object({ membershipId: z.uuid(), sentAt: z.iso.datetime() });
