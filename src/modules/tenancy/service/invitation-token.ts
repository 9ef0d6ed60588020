import { createHash, createHmac } from "node:crypto";
import { env } from "~/server/config/env";

/**
 * The token of an invitation's mail, made anew whenever it is needed, so that it is stored nowhere. Sending again moves
 * `sentAt` and with it the token: an older mail's is dead.
 */
export const invitationToken = (id: string, sentAt: Date): string =>
  createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(`invitation:${id}:${sentAt.toISOString()}`)
    .digest("base64url");

export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex");
