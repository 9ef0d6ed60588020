/** The API: one router a slice. */
import { authRouter } from "~/modules/auth/router";
import { tenancyRouter } from "~/modules/tenancy/router";
import { router } from "~/server/trpc/procedures";

export const appRouter = router({ auth: authRouter, tenancy: tenancyRouter });
export type AppRouter = typeof appRouter;
