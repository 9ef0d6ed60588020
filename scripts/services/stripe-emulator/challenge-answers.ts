import { challengePage } from "./challenges";
import { afterChallenge as afterCheckout } from "./checkout";
import type { PageAnswer } from "./html";
import { afterChallenge as afterInvoice } from "./invoice-pages";
import { afterChallenge as afterPortal } from "./portal-pages";
import type { World } from "./world";

/** The bank has answered: what waited for it goes on. */
export function submitChallenge(world: World, token: string, form: Record<string, string>): PageAnswer {
  const what = world.state.challenges[token];
  if (!what) return challengePage(world, token);
  delete world.state.challenges[token];
  const didAuthenticate = form.action === "complete";
  if (what.purpose === "invoice") return afterInvoice(world, what.id, what.card, didAuthenticate);
  if (!what.card) return challengePage(world, token);
  return what.purpose === "checkout"
    ? afterCheckout(world, what.id, what.form, what.card, didAuthenticate)
    : afterPortal(world, what.id, what.form, what.card, didAuthenticate);
}
