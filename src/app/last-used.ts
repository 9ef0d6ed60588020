import { redirect } from "next/navigation";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";

/** Leads from a short address to `page` (beginning with a slash, or empty) of the organization last used; signing in first if need be. */
export async function toOrgLastUsed(asked: `/${string}`, page: `/${string}` | ""): Promise<never> {
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent(asked)}`);
  const org = await lastUsedOrg(person);
  redirect(org ? `/o/${org.slug}${page}` : "/welcome");
}
