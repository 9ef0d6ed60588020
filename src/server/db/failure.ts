/** What the database and its driver refuse, in the words of the one error table. */
import { DomainError, notFound } from "~/kernel/errors";

type Coded = {
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: string } } };
  cause?: unknown;
};

/** The SQLSTATE or Prisma code behind an error, innermost first; undefined when it came from elsewhere. */
export function databaseCode(error: unknown): string | undefined {
  const { code, meta } = (error ?? {}) as Coded;
  return meta?.driverAdapterError?.cause?.originalCode ?? (typeof code === "string" ? code : undefined);
}

/** Whether a unique constraint refused it (P2002 through Prisma's models, 23505 through raw SQL). */
export const isUniqueViolation = (error: unknown): boolean =>
  ["P2002", "23505"].includes((error as Coded)?.code as string) || databaseCode(error) === "23505";

/** No answer, or none in time: lost or refused connections, timeouts of statements and transactions, shutdown. */
const UNREACHABLE = new Set([
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"],
  ...[
    "57014",
    "57P01",
    "57P02",
    "57P03",
    "57P05",
    "25P03",
    "25P04",
    "08000",
    "08001",
    "08003",
    "08006",
    "53300",
  ],
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENOTFOUND", "EAI_AGAIN"],
]);

/** The driver gives these no code (pg and pg-pool are pinned; the tests bring each about). */
const LOST_CONNECTION =
  /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

const isUnreachable = (error: unknown, code: string | undefined): boolean =>
  code === undefined ? error instanceof Error && LOST_CONNECTION.test(error.message) : UNREACHABLE.has(code);

/** Any thrown thing as a refusal with public words; the original stays as its cause. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const code = databaseCode(error);
  const options = { cause: error };
  if (code === "25006") {
    return new DomainError(
      "forbidden",
      "kernel.read_only",
      "Your role is read-only here: nothing was changed.",
      {},
      options,
    );
  }
  if (code === "P2025") return notFound("record");
  if (isUniqueViolation(error)) {
    return new DomainError(
      "conflict",
      "kernel.exists_already",
      "This exists already. Reload to see it.",
      {},
      options,
    );
  }
  if (code === "40001" || code === "40P01" || code === "P2034") {
    return new DomainError(
      "conflict",
      "kernel.try_again",
      "Somebody changed the same thing at the same moment. Try again.",
      {},
      options,
    );
  }
  if (isUnreachable(error, code)) {
    return new DomainError(
      "unavailable",
      "kernel.database_unavailable",
      // COMMIT may be what got lost.
      "The database did not answer. All of it was done, or nothing: wait a moment and reload to see.",
      {},
      options,
    );
  }
  return new DomainError(
    "internal",
    "kernel.internal",
    "Something failed on our side. Nothing was half done; try again, and quote the id below if it stays.",
    {},
    options,
  );
}
