/** Usage below `/api/v1`: what was used against what the plan allows, down to each entry of the ledger. */
import type { RestRoute } from "~/server/rest/route";

const USAGE = {
  used: "Units of the meter in the period; whole numbers.",
  reserved: "Set aside for work under way.",
  limit: "What the plan allows in units of the meter; -1 is unlimited.",
  "period.start": "First instant of the billing period (UTC).",
  "period.end": "First instant after it.",
  overage_cost: "US dollars for what went beyond the plan; null where nothing can.",
};
const ENTRIES = {
  periods_back: "0 is the period that runs, 1 the one before it.",
  period_start: "Instead: the first instant of a period, as an invoice names it.",
};

export const USAGE_ROUTES = {
  summary: {
    method: "GET",
    path: "/usage",
    tag: "Usage",
    summary: "Get what was used",
    description: "Every meter in the billing period that runs.",
    answer: "UsageSummary",
    fields: Object.fromEntries(
      Object.entries(USAGE).map(([name, words]) => [
        name.startsWith("period") ? name : `meters.${name}`,
        words,
      ]),
    ),
  },
  meter: {
    method: "GET",
    path: "/usage/{meter}",
    tag: "Usage",
    summary: "Get the usage of one meter",
    answer: "Usage",
    fields: USAGE,
  },
  byDay: {
    method: "GET",
    path: "/usage/{meter}/days",
    tag: "Usage",
    summary: "Get the usage of one meter by day",
    description: "Days of the organization’s own time zone, oldest first, none left out.",
    answer: "UsageByDay",
    fields: {
      ...USAGE,
      ...ENTRIES,
      forecast: "What the period will have used at this pace; null too early to say.",
      reaches_limit_on: "Day on which the limit is reached at this pace; null when it is not.",
    },
  },
  entries: {
    method: "GET",
    path: "/usage/{meter}/entries",
    tag: "Usage",
    summary: "List the entries of the ledger",
    description:
      "Newest first: what each counted unit was for. Nothing is ever changed here; corrections are entries.",
    answer: "UsageEntry",
    fields: {
      ...ENTRIES,
      seal: "Its number and hash in the organization’s chain; null for about a second.",
      service: "Which party served it.",
    },
  },
} satisfies Record<string, RestRoute>;
