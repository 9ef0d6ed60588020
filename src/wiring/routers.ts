/** The API: one router a slice. */
import { authRouter } from "~/modules/auth/router";
import { billingRouter } from "~/modules/billing/router";
import { crmRouter } from "~/modules/crm/router";
import { entitlementsRouter } from "~/modules/entitlements/router";
import { exportsRouter } from "~/modules/exports/router";
import { jobsRouter } from "~/modules/jobs/router";
import { meteringRouter } from "~/modules/metering/router";
import { notificationsRouter } from "~/modules/notifications/router";
import { tenancyRouter } from "~/modules/tenancy/router";
import { viewsRouter } from "~/modules/views/router";
import { router } from "~/server/trpc/procedures";
import { searchRouter } from "./search";
import { LIST_EXPORTS } from "./exports";

export const appRouter = router({
  auth: authRouter,
  billing: billingRouter,
  crm: crmRouter,
  entitlements: entitlementsRouter,
  exports: exportsRouter(LIST_EXPORTS),
  jobs: jobsRouter,
  metering: meteringRouter,
  notifications: notificationsRouter,
  search: searchRouter,
  tenancy: tenancyRouter,
  views: viewsRouter,
});
export type AppRouter = typeof appRouter;
