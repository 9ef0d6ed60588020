import "server-only";
/** The API for server components: the same procedures and gates, without HTTP. */
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { headers } from "next/headers";
import { cache } from "react";
import { createContext } from "~/server/trpc/context";
import { knockOf } from "~/server/trpc/handler";
import { createCallerFactory } from "~/server/trpc/procedures";
import { gates } from "~/wiring/gates";
import { appRouter } from "~/wiring/routers";
import { createQueryClient } from "./query-client";

/** Who this page request is: asked once however many components want to know. */
export const pageKnock = cache(async () => knockOf(await headers()));

const contextOf = cache(async (orgSlug: string | null) =>
  createContext(gates, { ...(await pageKnock()), orgSlug }),
);
const createCaller = createCallerFactory(appRouter);
const queryClientOf = cache((_orgSlug: string | null) => createQueryClient());

/** Procedures for a server component; `orgSlug` from the page's own address. */
export const serverApi = (orgSlug: string | null = null) => createCaller(() => contextOf(orgSlug));

/** `api.slice.procedure.prefetch()` on the server, `<Hydrate>` around what uses it in the browser. */
export const prefetchApi = (orgSlug: string | null = null) =>
  createHydrationHelpers<typeof appRouter>(serverApi(orgSlug), () => queryClientOf(orgSlug));

/** The signed-in person of this page request, or null. */
export const pageActor = async () => (await contextOf(null)).actorOnce();

/** The organization of this slug as the person may see it, or null. */
export const pageOrg = cache(async (slug: string) => {
  const context = await contextOf(slug);
  const actor = await context.actorOnce();
  return actor && context.orgOnce(actor, slug);
});

export function Hydrate({
  orgSlug = null,
  children,
}: {
  orgSlug?: string | null;
  children: React.ReactNode;
}) {
  return <HydrationBoundary state={dehydrate(queryClientOf(orgSlug))}>{children}</HydrationBoundary>;
}
