/** The sidebar of an organization: what is where, and who may see it. */
import {
  Building2,
  Contact,
  CreditCard,
  FileUp,
  Gauge,
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
  /** Pressed one after the other. */
  keys?: string;
};

export const NAVIGATION: { label?: string; entries: NavigationEntry[] }[] = [
  { entries: [{ label: "Home", path: "", Icon: House, permission: "organization.read", keys: "G H" }] },
  {
    label: "Customers",
    entries: [
      { label: "Companies", path: "/companies", Icon: Building2, permission: "crm.read", keys: "G C" },
      { label: "Contacts", path: "/contacts", Icon: Contact, permission: "crm.read", keys: "G P" },
      { label: "Imports", path: "/imports", Icon: FileUp, permission: "import.read", keys: "G I" },
    ],
  },
  {
    label: "Work",
    entries: [{ label: "Jobs", path: "/jobs", Icon: ListChecks, permission: "job.read", keys: "G J" }],
  },
  {
    label: "Organization",
    entries: [
      { label: "Members", path: "/members", Icon: Users, permission: "member.read", keys: "G M" },
      { label: "Usage", path: "/usage", Icon: Gauge, permission: "usage.read", keys: "G U" },
      { label: "Billing", path: "/billing", Icon: CreditCard, permission: "billing.read", keys: "G B" },
      { label: "Settings", path: "/settings", Icon: Settings, permission: "organization.read", keys: "G S" },
    ],
  },
];

/** Words for path segments that have no entry above. */
export const SEGMENT_LABELS: Record<string, string> = {
  companies: "Companies",
  contacts: "Contacts",
  duplicates: "Duplicates",
  merge: "Merge",
  phone: "Same phone",
  tags: "Tags",
  imports: "Imports",
  jobs: "Jobs",
  members: "Members",
  invitations: "Invitations",
  notifications: "Notifications",
  billing: "Billing",
  settings: "Settings",
  usage: "Usage",
  api_calls: "API calls",
  emails: "Emails",
  ai_tokens: "AI tokens",
  images: "Images",
  tts_seconds: "Speech",
  render_seconds: "Rendering",
  storage_bytes: "Storage",
  new: "New",
  edit: "Edit",
};
