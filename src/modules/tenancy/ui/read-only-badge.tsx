"use client";
import { Eye } from "lucide-react";
import { ROLE_WORDS } from "~/kernel/roles";
import { Badge } from "~/ui/badge";
import { Tooltip } from "~/ui/tooltip";
import { useTenancy } from "./tenancy-context";

/** Says on every page why nothing can be changed: a read-only member, staff who opened it so, or a suspended organization. */
export function ReadOnlyBadge() {
  const { currentOrganization, userRoleInOrg, staff } = useTenancy();
  const why =
    userRoleInOrg === "readonly"
      ? ROLE_WORDS.readonly.help
      : staff?.isReadOnly
        ? "You opened it read-only. To change something, open it anew and say why."
        : currentOrganization.status === "suspended"
          ? "This organization is suspended."
          : null;
  if (why === null) return null;
  return (
    <Tooltip content={why}>
      <span tabIndex={0} className="inline-flex rounded-full" role="note" aria-label={`Read-only. ${why}`}>
        <Badge
          icon={<Eye aria-hidden />}
          className="max-sm:px-1.5 max-sm:[&_span]:hidden max-sm:[&_svg]:ms-0"
        >
          Read-only
        </Badge>
      </span>
    </Tooltip>
  );
}
