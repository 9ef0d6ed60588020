-- What was answered to a request with an Idempotency-Key, for a day.
CREATE TABLE "idempotency_key" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "claimed_until" TIMESTAMPTZ(3) NOT NULL,
    "committed_at" TIMESTAMPTZ(3),
    "status" INTEGER,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "body" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT idempotency_key_bounded CHECK (length(key) BETWEEN 1 AND 255)
);

CREATE UNIQUE INDEX "idempotency_key_org_id_key_key" ON "idempotency_key"("org_id", "key");
CREATE INDEX "idempotency_key_expires_at_idx" ON "idempotency_key"("expires_at");

SELECT app.protect_tenant_table('idempotency_key', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT, DELETE');
