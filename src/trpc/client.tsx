"use client";
/**
 * The browser's way to the API: `api.slice.procedure.useQuery()`. Queries go in streamed batches, mutations alone (a
 * streamed batch has sent its status before a procedure fails). Each request carries a fresh correlation id and
 * the organization of the page it was made from.
 */
import { QueryClientProvider, type QueryClient } from "@tanstack/react-query";
import { httpBatchStreamLink, httpLink, splitLink, TRPCClientError } from "@trpc/client";
import { createTRPCReact, type inferReactQueryProcedureOptions } from "@trpc/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useState } from "react";
import superjson from "superjson";
import type { AppRouter } from "~/wiring/routers";
import { createQueryClient } from "./query-client";

export const api = createTRPCReact<AppRouter>();
export type ApiInputs = inferRouterInputs<AppRouter>;
export type ApiOutputs = inferRouterOutputs<AppRouter>;
export type ApiOptions = inferReactQueryProcedureOptions<AppRouter>;

let browserQueryClient: QueryClient | undefined;
const queryClient = () =>
  typeof window === "undefined" ? createQueryClient() : (browserQueryClient ??= createQueryClient());

/** Gives `api` to what is inside. Key it by organization: another organization is another client and another cache. */
export function ApiProvider({ orgSlug, children }: { orgSlug?: string; children: React.ReactNode }) {
  const [clients] = useState(() => {
    const headers = () => ({
      "x-correlation-id": crypto.randomUUID(),
      ...(orgSlug && { "x-tenantry-org": orgSlug }),
    });
    const options = { url: "/api/trpc", transformer: superjson, headers };
    return {
      api: api.createClient({
        links: [
          splitLink({
            condition: (operation) => operation.type === "query",
            true: httpBatchStreamLink({ ...options, maxItems: 20 }),
            false: httpLink(options),
          }),
        ],
      }),
      query: orgSlug ? createQueryClient() : queryClient(),
    };
  });
  return (
    <api.Provider client={clients.api} queryClient={clients.query}>
      <QueryClientProvider client={clients.query}>{children}</QueryClientProvider>
    </api.Provider>
  );
}

/**
 * What a refused call says: public words, code, field errors and the id to quote. The words stand for themselves: where
 * the server's speak of "the id below", as pages that show one do, they name it.
 */
export function refusalOf(error: unknown) {
  const data = error instanceof TRPCClientError ? (error as TRPCClientError<AppRouter>).data : undefined;
  const correlationId = data?.correlationId ?? null;
  return {
    message: correlationId
      ? wordsOf(error).replace("the id below", `the id ${correlationId}`)
      : wordsOf(error),
    code: data?.reason ?? "client.unreachable",
    fields: (data?.fields ?? {}) as Record<string, string[]>,
    details: data?.details ?? {},
    correlationId,
  };
}

const wordsOf = (error: unknown): string =>
  error instanceof TRPCClientError && (error as TRPCClientError<AppRouter>).data
    ? error.message
    : "The server did not answer. Check the connection and try again.";

/** A list that could not be read, as its table shows it; null while all is well. */
export function failureOf(query: { error: unknown; refetch: () => Promise<unknown> }) {
  if (!query.error) return null;
  const { correlationId } = refusalOf(query.error);
  return { message: wordsOf(query.error), correlationId, onRetry: () => void query.refetch() };
}
