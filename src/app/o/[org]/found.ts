import { TRPCError } from "@trpc/server";
import { notFound, redirect } from "next/navigation";
import { DomainError } from "~/kernel/errors";

/** The record of a page, or the not-found page: also for ids that are none. */
export async function found<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof TRPCError && (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST"))
      notFound();
    throw error;
  }
}

/** As `found`; a record that was merged into another one leads there, by `addressOf` its id. */
export async function foundOrMerged<T>(read: Promise<T>, addressOf: (id: string) => string): Promise<T> {
  try {
    return await read;
  } catch (error) {
    const { cause } = error as TRPCError;
    if (cause instanceof DomainError && typeof cause.details.intoId === "string")
      redirect(addressOf(cause.details.intoId));
    return found(Promise.reject(error));
  }
}
