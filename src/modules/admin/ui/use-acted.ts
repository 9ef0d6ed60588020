"use client";
import { api } from "~/trpc/client";
import { toast } from "~/ui/toast";

/** Says that an act of staff was done, and has what the console shows read anew. */
export function useActed(message: string) {
  const queries = api.useUtils();
  return async () => {
    toast.success(message);
    await queries.admin.invalidate();
  };
}
