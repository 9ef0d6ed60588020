import { redirect } from "next/navigation";
import { addressOf } from "~/modules/views";
import { serverApi } from "~/trpc/server";

type Address = Record<string, string | string[] | undefined>;

/**
 * A list's bare address leads to the view that the person's list opens with. Any other address is what it says, but for
 * `new=true`, which opens a dialog over the list and says nothing of the list itself. Ask it beside the list's own
 * prefetch: for most people there is nothing to wait for.
 */
export async function openDefaultView(org: string, list: string, address: Address): Promise<void> {
  if (Object.keys(address).some((name) => name !== "new")) return;
  const view = await serverApi(org).views.opened({ list });
  if (view) redirect(`/o/${org}/${list}${addressOf(view)}${address.new === "true" ? "&new=true" : ""}`);
}
