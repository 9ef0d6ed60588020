"use client";
import { api, refusalOf } from "~/trpc/client";
import { toast } from "~/ui/toast";

/** Fetches a link and follows it: the page stays, since the link downloads. */
export function useDownload() {
  const { mutate, isPending } = api.exports.download.useMutation({
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) =>
      toast.error("The file could not be fetched", { description: refusalOf(error).message }),
  });
  return { download: (id: string) => mutate({ id }), isPending };
}
