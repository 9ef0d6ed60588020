/** The API: one router a slice. */
import { router } from "~/server/trpc/procedures";

export const appRouter = router({});
export type AppRouter = typeof appRouter;
