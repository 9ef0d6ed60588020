import type { Invoice, Subscription } from "./objects";
import type { SubscriptionNotes, World } from "./world";

export function notesOf(world: World, subscription: Subscription): SubscriptionNotes {
  return (world.state.subscriptions[subscription.id] ??= { billed: {}, pending: [], trialEndTold: false });
}

/** An invoice was paid: a subscription that waited for it runs again. */
export function afterPayment(world: World, invoice: Invoice): void {
  const subscription = world.find("subscription", invoice.parent.subscription_details.subscription);
  if (!subscription) return;
  const isAwaited =
    subscription.status === "incomplete" ||
    ((subscription.status === "past_due" ||
      subscription.status === "unpaid" ||
      subscription.status === "paused") &&
      subscription.latest_invoice === invoice.id);
  if (isAwaited)
    world.change("customer.subscription.updated", subscription, (held) => (held.status = "active"));
  setDelinquent(world, invoice.customer);
}

/** An invoice was not paid. */
export function afterFailure(world: World, invoice: Invoice): void {
  const subscription = world.find("subscription", invoice.parent.subscription_details.subscription);
  setDelinquent(world, invoice.customer);
  if (!subscription || subscription.ended_at !== null || subscription.status === "incomplete") return;
  if (subscription.status === "active" || subscription.status === "trialing")
    world.change("customer.subscription.updated", subscription, (held) => (held.status = "past_due"));
  const tries = world.state.invoices[invoice.id]?.retries ?? 0;
  if (tries < world.state.settings.retry_days.length) return;
  const { after_retries: policy } = world.state.settings;
  // Carried out by the clock, which knows how to end one.
  if (policy === "cancel") notesOf(world, subscription).endsUnpaidAt = world.now(subscription.customer);
  else if (policy === "unpaid" && subscription.status === "past_due")
    world.change("customer.subscription.updated", subscription, (held) => (held.status = "unpaid"));
}

function setDelinquent(world: World, id: string): void {
  const customer = world.get("customer", id);
  const owes = world
    .all("invoice")
    .some(
      (invoice) =>
        invoice.customer === id && invoice.status === "open" && invoice.attempted && invoice.amount_due > 0,
    );
  if (customer.delinquent !== owes)
    world.change("customer.updated", customer, (held) => (held.delinquent = owes));
}
