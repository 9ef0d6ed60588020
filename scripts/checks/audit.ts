import { execFile } from "node:child_process";
import { z } from "zod";
import { failed, passed, verdict, type Check, type Outcome } from "./check";

const TIMEOUT_MS = 60_000;

/** Advisories that do not reach us, by their address: why, and until when that is believed (UTC). */
const ACCEPTED: Record<string, { because: string; until: string }> = {};

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.enum(["info", "low", "moderate", "high", "critical"]),
      via: z.array(
        z.union([z.string(), z.looseObject({ url: z.string(), title: z.string(), severity: z.string() })]),
      ),
    }),
  ),
});
type Report = z.infer<typeof Report>;

/**
 * Known holes in what ships, told by the registry. Registries that keep no advisories (many mirrors) can't be asked: that is
 * said, and is a failure where AUDIT_REQUIRED=true, as in our pipeline.
 */
export const audit: Check = {
  name: "audit",
  title: "Known holes in dependencies",
  async run() {
    const answer = await ask();
    if (!answer) return unasked();
    return verdict(holesIn(answer, new Date()), "none that is high or critical in what ships");
  },
};

/** One sentence for each high or critical advisory that is not accepted today. */
export function holesIn({ vulnerabilities }: Report, now: Date, accepted = ACCEPTED): string[] {
  const told = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((one) => {
      if (typeof one === "string" || !["high", "critical"].includes(one.severity)) return [];
      const known = accepted[one.url];
      if (known && now < new Date(known.until)) return [];
      return [`${name}: ${one.title} (${one.severity}), ${one.url}`];
    }),
  );
  return [...new Set(told)];
}

function unasked(): Outcome {
  const isRequired = process.env.AUDIT_REQUIRED === "true";
  console.log("not asked: this registry keeps no advisories, or does not answer");
  return isRequired ? failed : { ...passed, passed: 0 };
}

function ask(): Promise<Report | null> {
  return new Promise((resolve) => {
    const args = ["audit", "--omit=dev", "--json"];
    execFile(
      "npm",
      args,
      { timeout: TIMEOUT_MS, maxBuffer: 64 << 20, shell: process.platform === "win32" },
      (_error, output) => {
        // Its exit code says that there are holes; whether it was answered at all is seen by the shape.
        const report = Report.safeParse(parsed(output));
        resolve(report.success ? report.data : null);
      },
    );
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
