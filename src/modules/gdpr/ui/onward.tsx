import { Button } from "~/ui/button";
import { PageLink } from "~/ui/page-link";

/** Where a link of a mail leads on to that has nothing more to say. */
export const Onward = () => (
  <Button asChild variant="primary" className="w-full">
    <PageLink href="/login">Sign in</PageLink>
  </Button>
);
