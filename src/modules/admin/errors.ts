import { DomainError } from "~/kernel/errors";

/** Stripe's word on a plan comes again with its next event, so ours would not last. */
export const planIsPaid = () =>
  new DomainError(
    "conflict",
    "admin.plan_is_paid",
    "This plan is paid for at Stripe, which would set it back. Give something besides the plan, or make an offer on the revenue page.",
  );

export const nothingToChange = () =>
  new DomainError("conflict", "admin.nothing_to_change", "It is so already. Reload to see how it is.");

export const notAsStaff = () =>
  new DomainError(
    "forbidden",
    "admin.not_as_staff",
    "Nobody opens the product as other staff, or as themselves. Choose another member.",
  );

/** Its deletion runs: a state of its own that suspending would overwrite. */
export const isLeaving = () =>
  new DomainError(
    "conflict",
    "admin.is_leaving",
    "This organization is being deleted, and does nothing more. Its owner can take that back.",
  );
