/**
 * Switchable parts of the product (spec §6): the one list. Whether one is on for an organization is decided in this order:
 * kill switch of the process, what the platform set for the organization, its plan, the default.
 * Without zod, which every page would load.
 */
import type { PlanFeature } from "./plans";

type FeatureRow = {
  label: string;
  /** What it does for whoever has it, as one sentence. */
  help: string;
  /** Setting of the process; `false` switches it off for everybody, whatever else holds. */
  killSwitch: `FF_${string}_ENABLED`;
  /** What a plan must have; null where no plan decides. */
  plan: PlanFeature | null;
  /** Where no plan decides, or plans are not enforced. */
  byDefault: boolean;
  /** Queues of jobs that wait while the kill switch is off. */
  queues?: "browser" | "agents" | "studio";
};

const TABLE = {
  calendar_sync: {
    label: "Calendar sync",
    help: "Meetings come from Google Calendar by themselves.",
    killSwitch: "FF_CALENDAR_SYNC_ENABLED",
    plan: "calendar_sync",
    byDefault: true,
  },
  workflows: {
    label: "Workflows",
    help: "When something happens, something else is done.",
    killSwitch: "FF_WORKFLOWS_ENABLED",
    plan: "workflows",
    byDefault: true,
  },
  proposals: {
    label: "Proposals",
    help: "Written from a deal, to be read over and sent.",
    killSwitch: "FF_PROPOSALS_ENABLED",
    plan: "proposals",
    byDefault: true,
  },
  smart_tasks: {
    label: "Smart tasks",
    help: "Proposes what to do next from meetings, mails and stale deals.",
    killSwitch: "FF_SMART_TASKS_ENABLED",
    plan: "smart_tasks",
    byDefault: true,
  },
  ai_copilot: {
    label: "Copilot",
    help: "Answers questions about the organization's own data.",
    killSwitch: "FF_AI_COPILOT_ENABLED",
    plan: "ai_copilot",
    byDefault: true,
  },
  agents: {
    label: "Agents",
    help: "Longer work in several steps, done by models with tools.",
    killSwitch: "FF_AGENTS_ENABLED",
    plan: "agents",
    byDefault: true,
    queues: "agents",
  },
  slack_integration: {
    label: "Slack",
    help: "Tells a channel what happens, and answers there.",
    killSwitch: "FF_SLACK_INTEGRATION_ENABLED",
    plan: "slack_integration",
    byDefault: true,
  },
  advanced_reporting: {
    label: "Advanced reporting",
    help: "Reports over pipeline, activity and revenue.",
    killSwitch: "FF_ADVANCED_REPORTING_ENABLED",
    plan: "advanced_reporting",
    byDefault: true,
  },
  revenue_splitting: {
    label: "Revenue splitting",
    help: "Shares a deal's revenue between people by rules.",
    killSwitch: "FF_REVENUE_SPLITTING_ENABLED",
    plan: "revenue_splitting",
    byDefault: true,
  },
  storefront: {
    label: "Storefront",
    help: "A catalog, and a public shop.",
    killSwitch: "FF_STOREFRONT_ENABLED",
    plan: "storefront",
    byDefault: true,
  },
  studio: {
    label: "Studio",
    help: "Scripts become images, speech and video.",
    killSwitch: "FF_STUDIO_ENABLED",
    plan: "studio",
    byDefault: true,
    queues: "studio",
  },
  browser_automation: {
    label: "Browser automation",
    help: "Jobs that drive a browser: open, click, read, take pictures.",
    killSwitch: "FF_BROWSER_WORKER_ENABLED",
    plan: "browser_automation",
    byDefault: true,
    queues: "browser",
  },
} as const satisfies Record<string, FeatureRow>;

export type Feature = keyof typeof TABLE;
export type KillSwitch = (typeof TABLE)[Feature]["killSwitch"];
export const FEATURES: Record<Feature, FeatureRow & { killSwitch: KillSwitch }> = TABLE;
export const FEATURE_NAMES = Object.keys(TABLE) as [Feature, ...Feature[]];

/** On or off, of every feature. */
export type FeatureStates = Record<Feature, boolean>;
