-- Who does what cannot be taken lightly confirms first that it is them: by a passkey, or by a link mailed to them.
ALTER TABLE "session"
  -- When the person last confirmed, in this session, that it is them; null for never.
  ADD COLUMN "stepped_up_at" TIMESTAMPTZ(3),
  ADD COLUMN "stepped_up_by" TEXT,
  ADD CONSTRAINT session_stepped_up_by_known CHECK (stepped_up_by IN ('link', 'passkey')),
  ADD CONSTRAINT session_stepped_up_by_something CHECK ((stepped_up_at IS NULL) = (stepped_up_by IS NULL));

-- A mailed link that confirms one session, for 15 minutes.
CREATE TABLE "step_up_link" (
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    -- The session that asked, and the only one that it confirms.
    "session_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "step_up_link_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "step_up_link_user_id_idx" ON "step_up_link"("user_id");
CREATE INDEX "step_up_link_session_id_idx" ON "step_up_link"("session_id");
CREATE INDEX "step_up_link_expires_at_idx" ON "step_up_link"("expires_at");
ALTER TABLE "step_up_link" ADD CONSTRAINT "step_up_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "step_up_link" ADD CONSTRAINT "step_up_link_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- A key that a device or a password manager holds for a person; here stands its public half.
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    -- As the device named it, base64url.
    "credential_id" TEXT NOT NULL,
    -- COSE, as the device gave it.
    "public_key" BYTEA NOT NULL,
    -- How often the device says it was used; 0 for ever where it does not count.
    "counter" BIGINT NOT NULL,
    "transports" TEXT[] NOT NULL DEFAULT '{}',
    -- Copied between the person's devices by their password manager.
    "is_synced" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id"),
    CONSTRAINT passkey_counted CHECK ("counter" >= 0)
);
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");
CREATE INDEX "passkey_user_id_created_at_idx" ON "passkey"("user_id", "created_at" DESC);
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

-- What a device has to sign next: one a session and purpose, taken out by the first answer.
CREATE TABLE "passkey_challenge" (
    "session_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "challenge" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "passkey_challenge_pkey" PRIMARY KEY ("session_id", "purpose"),
    CONSTRAINT passkey_challenge_purpose_known CHECK ("purpose" IN ('add', 'confirm'))
);
CREATE INDEX "passkey_challenge_user_id_idx" ON "passkey_challenge"("user_id");
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "passkey_challenge" ADD CONSTRAINT "passkey_challenge_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

SELECT app.protect_user_table('step_up_link', '', 'SELECT, INSERT, UPDATE (used_at), DELETE');
-- A passkey is added by the platform alone, after its answer was verified.
SELECT app.protect_user_table('passkey', 'SELECT, DELETE', 'SELECT, INSERT, DELETE, UPDATE (counter, last_used_at, is_synced)');
SELECT app.protect_user_table('passkey_challenge', '', 'SELECT, INSERT, UPDATE, DELETE');
