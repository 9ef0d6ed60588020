/** The sidebar of an organization: what is where, and who may see it. */
import {
  Building2,
  Contact,
  FileUp,
  House,
  ListChecks,
  Settings,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { Permission } from "~/kernel/roles";

export type NavigationEntry = {
  label: string;
  /** Below `/o/{slug}`. */
  path: string;
  Icon: LucideIcon;
  permission: Permission;
};

export const NAVIGATION: { label?: string; entries: NavigationEntry[] }[] = [
  { entries: [{ label: "Home", path: "", Icon: House, permission: "organization.read" }] },
  {
    label: "Customers",
    entries: [
      { label: "Companies", path: "/companies", Icon: Building2, permission: "crm.read" },
      { label: "Contacts", path: "/contacts", Icon: Contact, permission: "crm.read" },
      { label: "Imports", path: "/imports", Icon: FileUp, permission: "import.read" },
    ],
  },
  { label: "Work", entries: [{ label: "Jobs", path: "/jobs", Icon: ListChecks, permission: "job.read" }] },
  {
    label: "Organization",
    entries: [
      { label: "Members", path: "/members", Icon: Users, permission: "member.read" },
      { label: "Settings", path: "/settings", Icon: Settings, permission: "organization.read" },
    ],
  },
];

/** Words for path segments that have no entry above. */
export const SEGMENT_LABELS: Record<string, string> = {
  companies: "Companies",
  contacts: "Contacts",
  imports: "Imports",
  jobs: "Jobs",
  members: "Members",
  invitations: "Invitations",
  settings: "Settings",
  new: "New",
  edit: "Edit",
};
