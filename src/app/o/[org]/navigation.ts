/** The sidebar of an organization: what is where, and who may see it. */
import {
  Building2,
  Contact,
  CreditCard,
  FileUp,
  Gauge,
  House,
  KeyRound,
  ListChecks,
  ScrollText,
  Settings,
  ToggleRight,
  Users,
  Webhook,
  type LucideIcon,
} from "lucide-react";
import type { Feature } from "~/kernel/features";
import type { Permission } from "~/kernel/roles";

export type NavigationEntry = {
  label: string;
  /** Below `/o/{slug}`. */
  path: string;
  Icon: LucideIcon;
  permission: Permission;
  /** Absent while the feature is off: no link leads to what is not there. */
  feature?: Feature;
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

/**
 * What stands behind "Settings", in the order of the tabs above those pages. A new page adds its entry here, its word to
 * `SEGMENT_LABELS`, and asks for the same permission in a layout of its own (`permitted`), above its loading state. With
 * one entry left for a role there are no tabs. Members have a page of their own, in the sidebar.
 */
export const SETTINGS: readonly NavigationEntry[] = [
  { label: "General", path: "/settings", Icon: Settings, permission: "organization.read" },
  { label: "API keys", path: "/settings/api-keys", Icon: KeyRound, permission: "key.read" },
  { label: "Webhooks", path: "/settings/webhooks", Icon: Webhook, permission: "webhook.read" },
  { label: "Features", path: "/settings/features", Icon: ToggleRight, permission: "feature.read" },
  { label: "Audit log", path: "/settings/audit", Icon: ScrollText, permission: "audit.read" },
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
  "api-keys": "API keys",
  audit: "Audit log",
  features: "Features",
  webhooks: "Webhooks",
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
