import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";
import { PageLink } from "~/ui/page-link";
import { REFUSAL_WORDS } from "../rules";
import type { SignInError } from "../schema";

/** Why a sign-in did not happen, what to do, one button. Who is signed in anyway gets the way in. */
export function RefusalPage({ error, isSignedIn }: { error: SignInError; isSignedIn: boolean }) {
  const { title, what, todo, way } = REFUSAL_WORDS[error];
  const isAboutLink = error.startsWith("link_");
  const { label, href } =
    isSignedIn && isAboutLink ? { label: "Open dashboard", href: "/login/landing" } : way;
  return (
    <AuthCard title={title} description={what}>
      <div className="flex flex-col gap-4">
        <p className="text-base text-ink">
          {isSignedIn && isAboutLink ? "You are signed in on this browser already." : todo}
        </p>
        <Button asChild variant="primary" size="large" className="w-full">
          <PageLink href={href} prefetch={false}>
            {label}
          </PageLink>
        </Button>
      </div>
    </AuthCard>
  );
}
