-- What a person's own scope may change of their rows, column by column: nobody makes himself staff, verifies his own
-- address or moves a session's dates, whatever statement an application bug would send.
REVOKE UPDATE ON "user", "session" FROM tenantry_app;
GRANT UPDATE (name, updated_at) ON "user" TO tenantry_app;
GRANT UPDATE (revoked_at, revoked_reason) ON "session" TO tenantry_app;
