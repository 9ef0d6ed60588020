/** Where a sign-in without a wish arrives: the organization last used, or the page that creates the first one. */
import { redirect } from "next/navigation";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";

export async function GET(): Promise<never> {
  const person = await pageActor();
  if (!person) redirect("/login");
  const org = await lastUsedOrg(person);
  redirect(org ? `/o/${org.slug}` : "/welcome");
}
