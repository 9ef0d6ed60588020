-- How far a comparison has come, so that one that was killed is gone on with, by whoever sees that nobody is at it.
ALTER TABLE "reconciliation_run"
  -- The last organization whose customer was compared; ids ascend.
  ADD COLUMN "compared_until" UUID,
  -- Until then somebody is at it.
  ADD COLUMN "busy_until" TIMESTAMPTZ(3);

-- A reading of a customer handles all that waits of it.
CREATE INDEX "stripe_event_waiting_of_customer" ON "stripe_event"("customer_id") WHERE "state" IN ('received', 'failed');
