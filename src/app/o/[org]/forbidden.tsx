"use client";
import NextLink from "next/link";
import { ROLE_WORDS } from "~/kernel/roles";
import { useTenancy } from "~/modules/tenancy/ui";
import { Button } from "~/ui/button";
import { ForbiddenState } from "~/ui/forbidden-state";

/** A page of the organization that the member's role does not open. */
export default function Forbidden() {
  const { currentOrganization, userRoleInOrg } = useTenancy();
  const home = `/o/${currentOrganization.slug}`;
  return (
    <>
      <h1 className="sr-only">Not allowed</h1>
      <ForbiddenState
        title="Your role does not open this page"
        description={
          <>
            Your role in {currentOrganization.name} is “{ROLE_WORDS[userRoleInOrg].label}”. An owner or admin
            can give you another one.
          </>
        }
        actions={
          <>
            <Button asChild>
              <NextLink href={`${home}/members`}>See who can</NextLink>
            </Button>
            <Button asChild variant="primary">
              <NextLink href={home}>Go to home</NextLink>
            </Button>
          </>
        }
      />
    </>
  );
}
