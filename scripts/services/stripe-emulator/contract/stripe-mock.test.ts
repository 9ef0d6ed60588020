import fs from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { document } from "../contract";
import { play } from "./scenario";
import { moduleFolder, startStripeMock, type StripeMock } from "./stripe-mock";
import { trimmed } from "./trim.mjs";

const folder = moduleFolder() ?? "";
const isThere = folder !== "";
if (!isThere) {
  console.log("not run here: stripe-mock needs Go and its module (https://go.dev/doc/install)");
  test.runIf(process.env.CI === "true")("stripe-mock needs Go, and in CI everything must run", () => {
    expect(isThere).toBe(true);
  });
}

let mock: StripeMock | undefined;
beforeAll(async () => {
  if (isThere) mock = await startStripeMock(folder);
}, 300_000);
afterAll(() => mock?.stop());

test.runIf(isThere)(
  "stripe-mock, which refuses unknown parameters, accepts every request that ours took",
  async () => {
    const { requests } = await play();
    const taken = requests.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThan(100);
    const refused = [];
    for (const request of taken) refused.push(await mock?.refusal(request));
    expect(refused.filter(Boolean)).toEqual([]);
  },
  120_000,
);

test.runIf(isThere)("stripe-mock refuses what is wrong, so that its yes says something", async () => {
  expect(await mock?.refusal({ method: "POST", path: "/v1/customers", body: "emial=a%40b.test" })).toContain(
    "emial",
  );
  expect(await mock?.refusal({ method: "POST", path: "/v1/prices", body: "unit_amount=1" })).toContain(
    "currency",
  );
});

test.runIf(isThere)("the document that lies here is the module's own, trimmed", () => {
  const kept = fs.readFileSync(new URL("openapi.json", import.meta.url), "utf8");
  expect(kept === trimmed(folder)).toBe(true);
  expect(document.info.version).toBe("2026-08-26.dahlia");
});
