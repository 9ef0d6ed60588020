import { cache } from "react";
import { lastUsedOrg } from "~/modules/tenancy";
import { pageActor } from "~/trpc/server";

/** Where the buttons of a public page lead: to the organization used last, or to sign-in. Asked once a page. */
export const wayIn = cache(async () => {
  const person = await pageActor();
  if (!person) return { isSignedIn: false, href: "/login", label: "Sign in", org: null };
  const org = await lastUsedOrg(person);
  return { isSignedIn: true, href: org ? `/o/${org.slug}` : "/welcome", label: "Open dashboard", org };
});
