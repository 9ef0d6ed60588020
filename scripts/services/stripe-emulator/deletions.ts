import { liveCustomer } from "./customers";
import type { Customer } from "./objects";
import { handle, type Routes } from "./routes";
import { cancelNow } from "./subscriptions";

/** Deleting a customer, which ends its subscriptions. */
export const deletions: Routes = {
  "DELETE /v1/customers/{customer}": handle(({ world, id }) => {
    const customer = liveCustomer(world, id());
    for (const subscription of world.all("subscription")) {
      if (subscription.customer === customer.id && subscription.ended_at === null)
        cancelNow(world, subscription, { reason: "cancellation_requested" });
    }
    const gone = { id: customer.id, object: "customer" as const, deleted: true };
    world.emit("customer.deleted", customer);
    world.put("customer", gone as unknown as Customer);
    return gone;
  }),
};
