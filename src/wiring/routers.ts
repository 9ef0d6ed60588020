/** The API: one router a slice. */
import { tenancyRouter } from "~/modules/tenancy/router";
import { router } from "~/server/trpc/procedures";

export const appRouter = router({ tenancy: tenancyRouter });
export type AppRouter = typeof appRouter;
