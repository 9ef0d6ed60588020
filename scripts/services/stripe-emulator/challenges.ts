import type { CardForm } from "./cards";
import { escaped, pageOf, type PageAnswer } from "./html";
import { newId, type World } from "./world";

/** A card whose bank wants to see its owner, and what waits for that. */
export interface Challenge {
  purpose: "checkout" | "portal" | "invoice";
  /** Of the session or the invoice. */
  id: string;
  card: CardForm | null;
  form: Record<string, string>;
}

export function challenge(world: World, what: Challenge): PageAnswer {
  const token = newId("auth");
  world.state.challenges[token] = what;
  return { to: `/authenticate/${token}` };
}

/** The bank's page. */
export function challengePage(world: World, token: string): PageAnswer {
  const what = world.state.challenges[token];
  if (!what) return { status: 404, html: pageOf("Authentication", "<h1>This page is no longer open.</h1>") };
  return {
    html: pageOf(
      "Authentication",
      `<h1>Your bank wants to know that it is you</h1><p>Card ending in ${escaped(what.card?.number.slice(-4) ?? "the saved number")}.</p>
<form method="post"><button name="action" value="complete" id="complete">Complete authentication</button>
<button class="plain" name="action" value="fail" id="fail">Fail authentication</button></form>`,
    ),
  };
}
