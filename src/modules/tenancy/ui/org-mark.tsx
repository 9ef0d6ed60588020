import { Avatar } from "~/ui/avatar";

/** The logo of an organization, or its initials. */
export const OrgMark = ({ org }: { org: { id: string; name: string; logoUrl: string | null } }) => (
  <Avatar name={org.name} seed={org.id} src={org.logoUrl ?? undefined} shape="thing" />
);
