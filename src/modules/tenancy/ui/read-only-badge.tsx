"use client";
import { Eye } from "lucide-react";
import { ROLE_WORDS } from "~/kernel/roles";
import { Badge } from "~/ui/badge";
import { Tooltip } from "~/ui/tooltip";
import { useTenancy } from "./tenancy-context";

/** Says on every page why nothing can be changed: a read-only member, or a suspended organization. */
export function ReadOnlyBadge() {
  const { currentOrganization, userRoleInOrg } = useTenancy();
  const isReader = userRoleInOrg === "readonly";
  if (!isReader && currentOrganization.status !== "suspended") return null;
  const why = isReader ? ROLE_WORDS.readonly.help : "This organization is suspended.";
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
