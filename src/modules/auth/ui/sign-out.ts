import { toast } from "~/ui/toast";
import { endSession } from "./browser-session";

/** Signs this browser out and leaves the page; says so when it could not. */
export async function signOut(to = "/login?notice=signed_out"): Promise<void> {
  if (await endSession()) return location.assign(to);
  toast.error("You are still signed in", {
    description: "The server did not answer. Check the connection and try again.",
  });
}
