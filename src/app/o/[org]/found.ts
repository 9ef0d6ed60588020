import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

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
