/** Products at Stripe under ids of ours: a product is a plan, or a unit beyond one. */
import { callStripe, stripeCodeOf } from "./stripe-client";

/** @returns what was done; null when it was there. */
export async function putProduct({
  product: id,
  name,
}: {
  product: string;
  name: string;
}): Promise<"made" | "changed" | null> {
  const there = await callStripe("products.retrieve", (stripe) => stripe.products.retrieve(id)).catch(
    (error: unknown) => {
      if (stripeCodeOf(error) === "resource_missing") return null;
      throw error;
    },
  );
  if (!there) {
    await callStripe("products.create", (stripe) => stripe.products.create({ id, name }));
    return "made";
  }
  if (there.name === name && there.active) return null;
  await callStripe("products.update", (stripe) => stripe.products.update(id, { name, active: true }));
  return "changed";
}
