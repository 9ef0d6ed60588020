-- Which call of a run holds the lease. A run in flight during the deployment goes on under the number it finds.
ALTER TABLE "job" ADD COLUMN "lease_call" integer NOT NULL DEFAULT 0;
