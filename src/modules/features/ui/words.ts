import { FEATURES } from "~/kernel/features";
import { PLAN_WORDS, type Plan } from "~/kernel/plans";
import type { Rule } from "../rules";
import type { ExplainedFeature } from "../schema";

export const RULE_WORDS: Record<Rule, string> = {
  kill_switch: "Kill switch",
  override: "Set for this organization",
  plan: "Plan",
  default: "Default",
};

/** Why it is as it is, as one sentence. */
export function reasonOf({ by, isOn, override, feature }: ExplainedFeature, plan: Plan): string {
  switch (by) {
    case "kill_switch":
      return "Switched off for everybody by those who run the platform.";
    case "override":
      return `Switched ${isOn ? "on" : "off"} for this organization: ${override?.reason ?? ""}`;
    case "plan":
      return isOn ? `Part of ${PLAN_WORDS[plan].label}.` : `${PLAN_WORDS[plan].label} does not have it.`;
    case "default":
      return isOn ? "On for everybody." : `${FEATURES[feature].label} is not open to everybody yet.`;
  }
}

/** What each rule looks at, behind its name. */
export function ruleDetail(rule: Rule, of: ExplainedFeature, plan: Plan): string {
  switch (rule) {
    case "kill_switch":
      return of.by === "kill_switch" ? "off for the whole platform" : "not pulled";
    case "override":
      return of.override ? of.override.reason : "nothing set";
    case "plan":
      return PLAN_WORDS[plan].label;
    case "default":
      return "where nothing else says so";
  }
}

/** "member.invite" → "Member: invite"; "job.readAll" → "Job: read all". */
export function permissionWords(permission: string): string {
  const [noun = "", verb = ""] = permission.split(".");
  const words = verb.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}: ${words}`;
}
