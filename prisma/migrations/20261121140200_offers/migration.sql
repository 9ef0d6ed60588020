-- What a plan without a listed price costs one organization, as staff offered it; and what the mirror learns about the price paid.
CREATE TABLE "billing_offer" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "plan" TEXT NOT NULL,
    -- US dollars, before tax.
    "monthly_amount" NUMERIC(12,3) NOT NULL,
    "currency" CHAR(3) NOT NULL DEFAULT 'USD',
    "state" TEXT NOT NULL DEFAULT 'open',
    -- Its own price at Stripe; null until it was needed.
    "stripe_price_id" TEXT,
    "made_by_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    CONSTRAINT "billing_offer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT billing_offer_plan_known CHECK ("plan" IN ('PRO', 'ENTERPRISE')),
    CONSTRAINT billing_offer_state_known CHECK ("state" IN ('open', 'accepted', 'withdrawn')),
    CONSTRAINT billing_offer_costs_something CHECK ("monthly_amount" > 0),
    CONSTRAINT billing_offer_closed CHECK (("state" = 'open') = ("closed_at" IS NULL))
);
CREATE UNIQUE INDEX "billing_offer_one_open" ON "billing_offer"("org_id") WHERE "state" = 'open';
CREATE INDEX "billing_offer_org_id_created_at_idx" ON "billing_offer"("org_id", "created_at" DESC);
SELECT app.protect_tenant_table('billing_offer', 'SELECT', 'SELECT, INSERT, UPDATE');

ALTER TABLE "subscription"
  -- The price of its licensed item at Stripe.
  ADD COLUMN "stripe_price_id" TEXT NOT NULL DEFAULT '',
  -- A month after the discounts that recur.
  ADD COLUMN "net_amount" NUMERIC(12,3),
  -- A larger plan that is paid for until an instant, when a smaller one was chosen.
  ADD COLUMN "held_plan" TEXT,
  ADD COLUMN "held_until" TIMESTAMPTZ(3);
DO $$
DECLARE expected bigint; moved bigint;
BEGIN
  SELECT count(*) INTO expected FROM subscription;
  UPDATE subscription SET net_amount = monthly_amount;
  GET DIAGNOSTICS moved = ROW_COUNT;
  IF moved <> expected THEN RAISE EXCEPTION 'gave % of % subscriptions their net amount', moved, expected; END IF;
END $$;
ALTER TABLE "subscription" ALTER COLUMN "net_amount" SET NOT NULL,
  ADD CONSTRAINT subscription_held_whole CHECK (("held_plan" IS NULL) = ("held_until" IS NULL));
