-- How fast a person or a key may ask, in requests a second (spec §7): part of the plan, so that staff can give more.
INSERT INTO "plan_entitlements" ("feature", "plan", "limit") VALUES
  ('rate_per_second', 'FREE', 10),
  ('rate_per_second', 'PRO', 50),
  ('rate_per_second', 'ENTERPRISE', 200);
