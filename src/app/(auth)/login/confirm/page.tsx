import type { Metadata } from "next";
import { OpenStepUpInput, safeNext, StepUpError } from "~/modules/auth";
import { OpenStepUpPage } from "~/modules/auth/ui";

export const metadata: Metadata = { title: "Confirm it is you" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where the mailed link leads; also what its button comes back to when the link did not count. */
export default async function OpenStepUp({ searchParams }: Props) {
  const given = await searchParams;
  const link = OpenStepUpInput.safeParse(given);
  const next = safeNext(typeof given.next === "string" ? given.next : null);
  if (!link.success)
    return <OpenStepUpPage error={StepUpError.safeParse(given.error).data ?? "link_unknown"} next={next} />;
  return <OpenStepUpPage token={link.data.token} next={next} />;
}
