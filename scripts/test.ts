// Everything that can go wrong, or the parts named on the command line. The last line is `N passed, N failed`.
import { api } from "./checks/api";
import { audit } from "./checks/audit";
import { boundaries } from "./checks/boundaries";
import { endAll, ToolMissing, type Check, type Outcome } from "./checks/check";
import { endToEnd } from "./checks/end-to-end";
import { load } from "./checks/load";
import { secrets } from "./checks/secrets";
import { format, lint, lock, types } from "./checks/static";
import { covered, integration, isolation, unit } from "./checks/tests";
import { bold, green, red, yellow } from "./terminal";

const everything = [format, lint, types, boundaries, lock, audit, secrets, covered, endToEnd, api];
const parts: Record<string, Check[]> = {
  ...Object.fromEntries(
    [format, lint, types, boundaries, lock, audit, secrets, unit, integration, endToEnd, api, load].map(
      (check) => [check.name, [check]],
    ),
  ),
  security: [isolation, secrets, audit],
};

const [part, ...args] = process.argv.slice(2);
const chosen = part === undefined ? everything : parts[part];
if (!chosen) {
  console.error(
    `There is no part "${part}": choose from ${Object.keys(parts).join(", ")}, or none for everything.`,
  );
  process.exit(1);
}

let interrupted = false;
const interrupt = async () => {
  // A terminal and npm both pass the same Ctrl-C on.
  if (interrupted) return;
  interrupted = true;
  console.log("\nEnding everything …");
  await endAll();
  process.exit(130);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void interrupt());
process.once("disconnect", () => void interrupt());

const began = performance.now();
const total: Outcome = { passed: 0, failed: 0 };
const failures: string[] = [];
const unsteady: string[] = [];
for (const check of chosen) {
  console.log(`\n${bold(`── ${check.title}`)}`);
  const started = performance.now();
  const outcome = await check.run(args).catch((error: Error) => explain(check, error));
  // What was cut off says nothing.
  if (interrupted) await new Promise(() => {});
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  const words = outcome.failures?.length ? outcome.failures : [check.title];
  if (outcome.failed > 0) failures.push(...words.map((it) => `${check.name}: ${it}`));
  unsteady.push(...(outcome.unsteady ?? []).map((it) => `${check.name}: ${it}`));
  const mark = outcome.failed > 0 ? red("failed") : green("passed");
  console.log(`${mark} ${check.name} in ${seconds(started)} s`);
}
console.log(`\nafter ${seconds(began)} s`);
// The output of half an hour is long, and often only its end is kept.
for (const finding of unsteady) console.log(`${yellow("unsteady")} ${finding}`);
for (const failure of failures) console.log(`${red("failed")} ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);

function explain(check: Check, error: Error): Outcome {
  if (error instanceof ToolMissing) {
    console.log(`not run here: ${check.name} needs ${error.tool} (${error.cure})`);
    return { passed: 0, failed: process.env.CI === "true" ? 1 : 0 };
  }
  console.log(error.stack);
  return { passed: 0, failed: 1 };
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
