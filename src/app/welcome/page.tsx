import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "~/modules/auth/ui";
import { myOrganizations, profileOf } from "~/modules/tenancy";
import { WelcomePage } from "~/modules/tenancy/ui";
import { env } from "~/server/config/env";
import { ApiProvider } from "~/trpc/client";
import { pageActor } from "~/trpc/server";

export const metadata: Metadata = { title: "Create organization" };

export default async function Welcome() {
  const person = await pageActor();
  if (!person) redirect(`/login/continue?next=${encodeURIComponent("/welcome")}`);
  const [organizations, profile] = await Promise.all([myOrganizations(person), profileOf(person)]);
  return (
    <ApiProvider>
      <WelcomePage
        organizations={organizations}
        email={profile.email}
        addressPrefix={`${new URL(env().APP_URL).host}/o/`}
        signOut={<SignOutButton />}
      />
    </ApiProvider>
  );
}
