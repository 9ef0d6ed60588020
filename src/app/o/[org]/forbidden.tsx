"use client";
import { ROLE_WORDS } from "~/kernel/roles";
import { useTenancy } from "~/modules/tenancy/ui";
import { Button } from "~/ui/button";
import { ForbiddenState } from "~/ui/forbidden-state";
import { PageLink } from "~/ui/page-link";

/** A page of the organization that the member's role does not open, or that stays closed to staff who opened it as them. */
export default function Forbidden() {
  const { currentOrganization, userRoleInOrg, staff } = useTenancy();
  const home = `/o/${currentOrganization.slug}`;
  return (
    <>
      <h1 className="sr-only">Not allowed</h1>
      <ForbiddenState
        title={staff ? "This page stays closed to staff" : "Your role does not open this page"}
        description={
          staff ? (
            staff.isReadOnly ? (
              "You opened the organization read-only, as a member. Pages that change something open to its members alone."
            ) : (
              "Money, members, keys, exports and webhooks open to its members alone."
            )
          ) : (
            <>
              Your role in {currentOrganization.name} is “{ROLE_WORDS[userRoleInOrg].label}”. An owner or
              admin can give you another one.
            </>
          )
        }
        actions={
          <>
            {!staff && (
              <Button asChild>
                <PageLink href={`${home}/members`}>See who can</PageLink>
              </Button>
            )}
            <Button asChild variant="primary">
              <PageLink href={home}>Go to home</PageLink>
            </Button>
          </>
        }
      />
    </>
  );
}
