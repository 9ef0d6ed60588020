"use client";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { PageLink } from "~/ui/page-link";
import { RelativeTime } from "~/ui/relative-time";

/** On every page while payment fails: what happened, until when all goes on, and the way to pay. */
export function PaymentBanner() {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayPay = useMay("billing.manage");
  const { data } = api.billing.notice.useQuery();
  if (!data) return null;
  return (
    <Banner
      shape="strip"
      tone="negative"
      title="The last payment did not go through."
      actions={
        mayPay &&
        (data.hostedUrl ? (
          <Button asChild size="small">
            <a href={data.hostedUrl}>Pay now</a>
          </Button>
        ) : (
          <Button asChild size="small">
            <PageLink href={`/o/${slug}/billing`}>See billing</PageLink>
          </Button>
        ))
      }
    >
      Everything works on; the plan ends <RelativeTime at={data.graceEndsAt} timeZone={timeZone} />.{" "}
      {!mayPay && "An owner can pay."}
    </Banner>
  );
}
