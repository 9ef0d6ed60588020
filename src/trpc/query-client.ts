/** One configuration of TanStack Query for server and browser. */
import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal (4xx) stays one; only a fault of ours or of the network is worth another try.
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
        refetchOnWindowFocus: true,
      },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === "pending",
        // Redacting would swallow the signal by which Next knows that a page renders per request.
        shouldRedactErrors: () => false,
      },
    },
  });

function isWorthRetrying(error: unknown): boolean {
  const status = (error as { data?: { httpStatus?: number } }).data?.httpStatus;
  return status === undefined || status >= 500;
}
