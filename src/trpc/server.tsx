import "server-only";
/** The API for server components: the same procedures and gates, without HTTP. */
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { createHydrationHelpers } from "@trpc/react-query/rsc";
import { headers } from "next/headers";
import { cache } from "react";
import type { Caller } from "~/kernel/actor";
import { rateHeaders } from "~/server/http/rate-limits";
import { countRequest, createContext } from "~/server/trpc/context";
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

/** The signed-in person of this page request, or null; a program with a key is nobody here. */
export const pageActor = async () => personOrNull(await (await contextOf(null)).actorOnce());

const personOrNull = (caller: Caller | null) => (caller?.kind === "user" ? caller : null);

/**
 * Counts a plain HTTP request against its caller's limit, as a call of the API is counted. What the limit says of itself
 * goes into the answer's headers. @throws kernel.too_many_requests.
 */
export async function countVisit(orgSlug: string | null): Promise<Record<string, string>> {
  const context = await contextOf(orgSlug);
  const state = await countRequest(context, 1);
  if (context.refusal) throw context.refusal;
  return rateHeaders(state);
}

/** The organization of this slug as the person may see it, or null. */
export const pageOrg = cache(async (slug: string) => {
  const context = await contextOf(slug);
  const actor = personOrNull(await context.actorOnce());
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
