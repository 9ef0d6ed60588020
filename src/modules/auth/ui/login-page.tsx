import { AuthCard } from "~/ui/auth-card";
import { Banner } from "~/ui/banner";
import { DemoPeople, type DemoPerson } from "./demo-people";
import { GoogleButton } from "./google-button";
import { LoginForm } from "./login-form";

const NOTICES = {
  signed_out: { title: "You are signed out", words: "This browser holds no session any more." },
  session_ended: {
    title: "Your session has ended",
    words: "Sign in again; you come back to where you were, and what was saved is safe.",
  },
} as const;

/** The ways in. `demoPeople` is empty outside `local`. */
export function LoginPage({
  next,
  notice,
  isGoogleOffered,
  demoPeople,
}: {
  next: string;
  notice: string | null;
  isGoogleOffered: boolean;
  demoPeople: DemoPerson[];
}) {
  const said = notice && Object.hasOwn(NOTICES, notice) ? NOTICES[notice as keyof typeof NOTICES] : null;
  return (
    <AuthCard
      title="Sign in to Tenantry"
      description="We mail you a link. There is no password to remember, and a first visit creates your account."
      footer={isGoogleOffered ? undefined : "No mail after a minute? Look into the spam folder."}
    >
      <div className="flex flex-col gap-5">
        {said && (
          <Banner tone="info" title={said.title}>
            {said.words}
          </Banner>
        )}
        <LoginForm next={next} />
        {isGoogleOffered && (
          <>
            <p className="flex items-center gap-3 text-sm text-ink-faint before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
              or
            </p>
            <GoogleButton next={next} />
          </>
        )}
        {demoPeople.length > 0 && (
          <div className="border-t border-line pt-4">
            <DemoPeople people={demoPeople} next={next} />
          </div>
        )}
      </div>
    </AuthCard>
  );
}
