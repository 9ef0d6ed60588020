import { Button } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { PageLink } from "~/ui/page-link";

/** For what is missing inside the console; to whoever may not open it, the console itself is missing. */
export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        title="The console has no such page"
        description="Check the address. What was deleted has left the console; its deletion stands under Deletions."
        action={
          <Button asChild variant="primary">
            <PageLink href="/admin">Open the overview</PageLink>
          </Button>
        }
      />
    </>
  );
}
