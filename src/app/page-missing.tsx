import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageLink } from "~/ui/page-link";

/** The same words whether something never was, or belongs to somebody else. */
export function PageMissing() {
  return (
    <EmptyState
      title="This page does not exist, or you have no access to it"
      description="Check the address. If somebody sent it to you, ask them to invite you to their organization."
      action={
        <Button asChild variant="primary">
          <PageLink href="/usage">Open your dashboard</PageLink>
        </Button>
      }
    />
  );
}
