/** Run by tests in a process of its own (`otherInstance`): reads "feature org_id", answers "on" or "off". */
import { createInterface } from "node:readline";
import type { Feature } from "~/kernel/features";
import { isFeatureEnabled } from "~/modules/features";
import { databaseListener } from "~/server/db/listener";

while (!databaseListener().isFresh()) await new Promise((waited) => setTimeout(waited, 20));
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const [feature, orgId] = line.split(" ") as [Feature, string];
  console.log((await isFeatureEnabled(feature, orgId)) ? "on" : "off");
}
