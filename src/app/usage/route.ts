/** `/usage` leads to the organization last used. */
import { redirect } from "next/navigation";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";

export async function GET(): Promise<never> {
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent("/usage")}`);
  const org = await lastUsedOrg(person);
  redirect(org ? `/o/${org.slug}` : "/welcome");
}
