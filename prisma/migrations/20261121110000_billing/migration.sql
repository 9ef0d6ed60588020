CREATE TABLE "billing_customer" (
    "org_id" UUID NOT NULL,
    "creation_id" UUID NOT NULL,
    "stripe_customer_id" TEXT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "card_brand" TEXT,
    "card_last4" TEXT,
    "card_exp_month" INTEGER,
    "card_exp_year" INTEGER,
    "tax_id_type" TEXT,
    "tax_id_value" TEXT,
    "tax_id_status" TEXT,
    "credit_amount" DECIMAL(12,3) NOT NULL DEFAULT 0,
    "sync_begun" BIGINT NOT NULL DEFAULT 0,
    "sync_written" BIGINT NOT NULL DEFAULT 0,
    "synced_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "billing_customer_pkey" PRIMARY KEY ("org_id")
);

CREATE TABLE "subscription" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "stripe_subscription_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "monthly_amount" DECIMAL(12,3) NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "cancel_at_period_end" BOOLEAN NOT NULL DEFAULT false,
    "cancel_at" TIMESTAMPTZ(3),
    "trial_end" TIMESTAMPTZ(3),
    "past_due_since" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invoice" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "stripe_invoice_id" TEXT NOT NULL,
    "number" TEXT,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "currency" CHAR(3) NOT NULL,
    "subtotal" DECIMAL(12,3) NOT NULL,
    "discount" DECIMAL(12,3) NOT NULL,
    "tax" DECIMAL(12,3) NOT NULL,
    "total" DECIMAL(12,3) NOT NULL,
    "amount_due" DECIMAL(12,3) NOT NULL,
    "amount_paid" DECIMAL(12,3) NOT NULL,
    "amount_remaining" DECIMAL(12,3) NOT NULL,
    "hosted_url" TEXT,
    "pdf_url" TEXT,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "attempt_count" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invoice_line" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "stripe_line_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "description" TEXT NOT NULL,
    "amount" DECIMAL(12,3) NOT NULL,
    "quantity" BIGINT,
    "unit_amount" DECIMAL(20,12),
    "meter" TEXT,
    "is_proration" BOOLEAN NOT NULL DEFAULT false,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invoice_line_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "stripe_event" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT,
    "customer_id" TEXT,
    "org_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "stripe_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "usage_report" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "meter" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "quantity" BIGINT NOT NULL,
    "total_after" BIGINT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "first_sent_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_report_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "dunning_step" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "episode" TIMESTAMPTZ(3) NOT NULL,
    "day" INTEGER NOT NULL,
    "act" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "mailed_at" TIMESTAMPTZ(3),

    CONSTRAINT "dunning_step_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "revenue_movement" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "subscription_id" UUID,
    "kind" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "before" DECIMAL(12,3) NOT NULL,
    "after" DECIMAL(12,3) NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revenue_movement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconciliation_run" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "customer_count" INTEGER NOT NULL DEFAULT 0,
    "difference_count" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,

    CONSTRAINT "reconciliation_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconciliation_difference" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "org_id" UUID,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "found" TEXT NOT NULL,
    "repair" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by_id" UUID,
    "reason" TEXT,

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "billing_customer_stripe_customer_id_key" ON "billing_customer"("stripe_customer_id");

CREATE UNIQUE INDEX "subscription_stripe_subscription_id_key" ON "subscription"("stripe_subscription_id");

CREATE INDEX "subscription_org_id_started_at_idx" ON "subscription"("org_id", "started_at" DESC);

CREATE UNIQUE INDEX "subscription_org_id_id_key" ON "subscription"("org_id", "id");

CREATE UNIQUE INDEX "invoice_stripe_invoice_id_key" ON "invoice"("stripe_invoice_id");

CREATE INDEX "invoice_org_id_issued_at_id_idx" ON "invoice"("org_id", "issued_at" DESC, "id");

CREATE UNIQUE INDEX "invoice_org_id_id_key" ON "invoice"("org_id", "id");

CREATE UNIQUE INDEX "invoice_line_org_id_invoice_id_stripe_line_id_key" ON "invoice_line"("org_id", "invoice_id", "stripe_line_id");

CREATE INDEX "stripe_event_received_at_idx" ON "stripe_event"("received_at" DESC);

CREATE UNIQUE INDEX "usage_report_org_id_meter_period_start_hour_key" ON "usage_report"("org_id", "meter", "period_start", "hour");

CREATE UNIQUE INDEX "dunning_step_org_id_subscription_id_episode_day_key" ON "dunning_step"("org_id", "subscription_id", "episode", "day");

CREATE INDEX "revenue_movement_occurred_at_idx" ON "revenue_movement"("occurred_at");

CREATE INDEX "revenue_movement_org_id_occurred_at_idx" ON "revenue_movement"("org_id", "occurred_at");

CREATE INDEX "reconciliation_run_started_at_idx" ON "reconciliation_run"("started_at" DESC);

CREATE INDEX "reconciliation_difference_last_seen_at_idx" ON "reconciliation_difference"("last_seen_at" DESC);

ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_org_id_invoice_id_fkey" FOREIGN KEY ("org_id", "invoice_id") REFERENCES "invoice"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "dunning_step" ADD CONSTRAINT "dunning_step_org_id_subscription_id_fkey" FOREIGN KEY ("org_id", "subscription_id") REFERENCES "subscription"("org_id", "id") ON DELETE CASCADE ON UPDATE RESTRICT;

ALTER TABLE "reconciliation_difference" ADD CONSTRAINT "reconciliation_difference_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconciliation_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Checked lists are text, since enums can't use an index under row-level security.
ALTER TABLE "billing_customer"
  ADD CONSTRAINT billing_customer_card_whole CHECK ((card_brand IS NULL) = (card_last4 IS NULL)),
  ADD CONSTRAINT billing_customer_sync_order CHECK (sync_written <= sync_begun);
ALTER TABLE "subscription"
  ADD CONSTRAINT subscription_status_known CHECK (status IN
    ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused')),
  ADD CONSTRAINT subscription_plan_known CHECK (plan IN ('FREE', 'PRO', 'ENTERPRISE')),
  ADD CONSTRAINT subscription_period_forward CHECK (period_start < period_end);
ALTER TABLE "invoice"
  ADD CONSTRAINT invoice_status_known CHECK (status IN ('draft', 'open', 'paid', 'uncollectible', 'void'));
ALTER TABLE "stripe_event"
  ADD CONSTRAINT stripe_event_state_known CHECK (state IN ('received', 'handled', 'ignored', 'failed'));
ALTER TABLE "usage_report"
  ADD CONSTRAINT usage_report_state_known CHECK (state IN ('pending', 'sent', 'confirmed', 'unclear')),
  ADD CONSTRAINT usage_report_counts CHECK (quantity > 0 AND total_after >= quantity),
  ADD CONSTRAINT usage_report_inside CHECK (period_start <= counted_at AND counted_at < period_end);
ALTER TABLE "dunning_step"
  ADD CONSTRAINT dunning_step_act_known CHECK (act IN ('mail', 'downgrade')),
  ADD CONSTRAINT dunning_step_state_known CHECK (state IN ('waiting', 'done', 'dropped'));
ALTER TABLE "revenue_movement"
  ADD CONSTRAINT revenue_movement_kind_known CHECK (kind IN ('new', 'expansion', 'contraction', 'churn'));
ALTER TABLE "reconciliation_difference"
  ADD CONSTRAINT reconciliation_difference_state_known CHECK (state IN ('open', 'repaired', 'dismissed', 'gone')),
  ADD CONSTRAINT reconciliation_difference_reasoned CHECK (state NOT IN ('repaired', 'dismissed') OR (reason IS NOT NULL AND closed_by_id IS NOT NULL));

-- One difference stands once, however often it is seen.
CREATE UNIQUE INDEX reconciliation_difference_open ON "reconciliation_difference" (kind, subject) WHERE state = 'open';
CREATE INDEX stripe_event_due ON "stripe_event" (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX usage_report_open ON "usage_report" (created_at) WHERE state IN ('pending', 'sent', 'unclear');
CREATE INDEX dunning_step_due ON "dunning_step" (due_at) WHERE state = 'waiting';
CREATE INDEX dunning_step_unmailed ON "dunning_step" (decided_at) WHERE state = 'done' AND mailed_at IS NULL;

-- The organization reads its mirror; it is written by who has asked Stripe.
SELECT app.protect_tenant_table('billing_customer', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('subscription',     'SELECT', 'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('invoice',          'SELECT', 'SELECT, INSERT, UPDATE');
SELECT app.protect_tenant_table('invoice_line',     'SELECT', 'SELECT, INSERT, UPDATE, DELETE');
SELECT app.protect_tenant_table('dunning_step',     'SELECT', 'SELECT, INSERT, UPDATE (state, decided_at, mailed_at)');
-- What was told to Stripe, how much and when, is never changed; only whether it arrived.
SELECT app.protect_tenant_table('usage_report',     'SELECT', 'SELECT, INSERT, UPDATE (state, attempts, last_error, first_sent_at, confirmed_at)');

SELECT app.protect_user_table('stripe_event',              '', 'SELECT, INSERT, UPDATE');
SELECT app.protect_user_table('revenue_movement',          '', 'SELECT, INSERT');
SELECT app.protect_user_table('reconciliation_run',        '', 'SELECT, INSERT, UPDATE');
SELECT app.protect_user_table('reconciliation_difference', '', 'SELECT, INSERT, UPDATE');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "revenue_movement" FOR EACH ROW EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON "revenue_movement" FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
