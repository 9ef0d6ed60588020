// The whole API with features switched off: all of them, and each alone. What is part of one that is off says so; everything
// else answers as if there was no such thing.
import { afterEach, expect, it } from "vitest";
import { FEATURE_NAMES, FEATURES, type Feature } from "~/kernel/features";
import { forgetEnv } from "~/server/config/env";
import { callerFor } from "~/testing/callers";
import { testOrg, type TestOrg } from "~/testing/tenants";
import { appRouter } from "./routers";

type Definition = { type: string; meta?: { permission?: string; feature?: Feature } };
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
)
  .map(([name, { _def }]) => ({
    name,
    type: _def.type,
    feature: _def.meta?.feature,
    isOfOrg: !!_def.meta?.permission,
  }))
  .filter(({ isOfOrg }) => isOfOrg);

function switchOff(features: readonly Feature[]) {
  for (const feature of FEATURE_NAMES) {
    const { killSwitch } = FEATURES[feature];
    if (features.includes(feature)) process.env[killSwitch] = "false";
    else delete process.env[killSwitch];
  }
  forgetEnv();
}
afterEach(() => switchOff([]));

/** How each answers that can be asked without input and without changing anything; the others fail on their input. */
async function answers(org: TestOrg): Promise<Map<string, string>> {
  const all = callerFor(appRouter, org.owner) as unknown as Record<string, unknown>;
  const found = new Map<string, string>();
  for (const { name, type } of procedures) {
    if (type !== "query") continue;
    const call = name.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], all);
    const answer = (call as (input: unknown) => Promise<unknown>)(undefined);
    found.set(
      name,
      await answer.then(
        () => "OK",
        (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? "thrown",
      ),
    );
  }
  return found;
}

it("answers under all features off, and under each one off alone, as if there was no such thing", async () => {
  const org = await testOrg();
  switchOff([]);
  const usual = await answers(org);
  expect([...usual.values()].filter((answer) => answer === "OK").length).toBeGreaterThanOrEqual(15);
  for (const off of [FEATURE_NAMES, ...FEATURE_NAMES.map((feature) => [feature])]) {
    switchOff(off);
    const now = await answers(org);
    const expected = procedures
      .filter(({ type }) => type === "query")
      .map(({ name, feature }) => [
        name,
        feature && off.includes(feature) ? "features.not_enabled" : usual.get(name),
      ]);
    expect([off, [...now]]).toEqual([off, expected]);
  }
}, 120_000);

it("names a feature only where an organization is asked, since nobody else has one", () => {
  const everywhere = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: Definition }>,
  );
  expect(
    everywhere.filter(([, { _def }]) => _def.meta?.feature && !_def.meta.permission).map(([name]) => name),
  ).toEqual([]);
});
