-- A session that staff opened as a member: whose it is stands in the registry of sessions like every other, with the person of
-- the platform behind it, the one organization it is for, and whether it may change anything there.
ALTER TABLE "session" DROP CONSTRAINT session_method_known;
ALTER TABLE "session"
  -- No foreign keys: these are another person's and a tenant's; who of them is gone lets nobody in.
  ADD COLUMN "staff_id" UUID,
  -- Their own session, with which this one ends.
  ADD COLUMN "staff_session_id" UUID,
  ADD COLUMN "staff_org_id" UUID,
  ADD COLUMN "staff_reads_only" BOOLEAN,
  ADD CONSTRAINT session_method_known CHECK (method IN ('email', 'google', 'dev', 'key', 'staff')),
  ADD CONSTRAINT session_staff_whole CHECK (
    (method = 'staff') = (staff_id IS NOT NULL) AND num_nonnulls(staff_id, staff_session_id, staff_org_id, staff_reads_only) IN (0, 4)
    AND (staff_id IS NULL OR staff_id <> user_id));
CREATE INDEX session_of_staff ON "session" (staff_id) WHERE staff_id IS NOT NULL;
