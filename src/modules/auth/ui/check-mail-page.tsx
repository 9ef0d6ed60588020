"use client";
import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";
import { Link } from "~/ui/link";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import { LINK_VALID_MINUTES } from "../rules";
import { useAsked } from "./asked-address";
import { LinkRefusalBanner, useLinkRequest } from "./link-request";

/** After a link was asked for; says the same whether or not the address is known. */
export function CheckMailPage() {
  const asked = useAsked();
  const { request, refusal, isLimited } = useLinkRequest(() =>
    toast.success("Another link is on its way", {
      description: "The first one works too, for its own time.",
    }),
  );
  if (asked === null) {
    return (
      <AuthCard title="Check your mail" description="If you asked for a sign-in link, it is in your mail.">
        <Button asChild variant="primary" size="large" className="w-full">
          <PageLink href="/login">Ask for a link</PageLink>
        </Button>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Check your mail"
      description={
        <>
          A sign-in link is on its way to{" "}
          <span className="font-medium wrap-anywhere text-ink">{asked?.email ?? "your address"}</span>. It
          works once, for {LINK_VALID_MINUTES} minutes.
        </>
      }
      footer={
        <Link look="quiet" href={`/login?next=${encodeURIComponent(asked?.next ?? "/")}`}>
          Use another address
        </Link>
      }
    >
      <div className="flex flex-col gap-4">
        <LinkRefusalBanner refusal={refusal} isLimited={isLimited} />
        <p className="text-base text-ink-soft">
          Open the link on any device; you are signed in where you open it. If it does not arrive within a
          minute, look into the spam folder.
        </p>
        <Button
          size="large"
          loading={request.isPending}
          disabled={isLimited || !asked}
          onClick={() => asked && request.mutate(asked)}
        >
          Send another link
        </Button>
      </div>
    </AuthCard>
  );
}
