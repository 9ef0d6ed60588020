/** The API: one router a slice. */
import { adminRouter } from "~/modules/admin/router";
import { apiKeysRouter } from "~/modules/api-keys/router";
import { auditRouter } from "~/modules/audit/router";
import { authRouter } from "~/modules/auth/router";
import { billingRouter } from "~/modules/billing/router";
import { crmRouter } from "~/modules/crm/router";
import { entitlementsRouter } from "~/modules/entitlements/router";
import { exportsRouter } from "~/modules/exports/router";
import { featuresRouter } from "~/modules/features/router";
import { gdprRouter } from "~/modules/gdpr/router";
import { jobsRouter } from "~/modules/jobs/router";
import { meteringRouter } from "~/modules/metering/router";
import { notificationsRouter } from "~/modules/notifications/router";
import { tenancyRouter } from "~/modules/tenancy/router";
import { viewsRouter } from "~/modules/views/router";
import { webhooksRouter } from "~/modules/webhooks/router";
import { router } from "~/server/trpc/procedures";
import { auditTargets } from "./audit-targets";
import { searchRouter } from "./search";
import { LIST_EXPORTS } from "./exports";

export const appRouter = router({
  admin: adminRouter,
  apiKeys: apiKeysRouter,
  audit: auditRouter(auditTargets),
  auth: authRouter,
  billing: billingRouter,
  crm: crmRouter,
  entitlements: entitlementsRouter,
  exports: exportsRouter(LIST_EXPORTS),
  features: featuresRouter,
  gdpr: gdprRouter,
  jobs: jobsRouter,
  metering: meteringRouter,
  notifications: notificationsRouter,
  search: searchRouter,
  tenancy: tenancyRouter,
  views: viewsRouter,
  webhooks: webhooksRouter,
});
export type AppRouter = typeof appRouter;
