-- A person may take a way to sign in away from themselves; adding one stays with the system role, which saw the proof.
GRANT DELETE ON "account" TO tenantry_app;
