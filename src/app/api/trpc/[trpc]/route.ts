import { createTrpcHandler } from "~/server/trpc/handler";
import { gates } from "~/wiring/gates";
import { appRouter } from "~/wiring/routers";

const handler = createTrpcHandler(appRouter, gates);
export { handler as GET, handler as POST };
