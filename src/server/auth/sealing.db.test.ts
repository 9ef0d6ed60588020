import { afterEach, expect, it } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { openSealed, sealSecret } from "./sealing";

const before = process.env.ENCRYPTION_KEYS;
const use = (...kids: string[]) => {
  process.env.ENCRYPTION_KEYS = JSON.stringify(
    kids.map((kid) => ({ kty: "oct", kid, k: Buffer.from(kid.padEnd(32, "x")).toString("base64url") })),
  );
  forgetEnv();
};
afterEach(() => {
  if (before === undefined) delete process.env.ENCRYPTION_KEYS;
  else process.env.ENCRYPTION_KEYS = before;
  forgetEnv();
});

it("opens what it sealed, and shows nothing of it meanwhile", async () => {
  const sealed = await sealSecret("whsec_abc", "webhook:1");
  expect(sealed).not.toContain("abc");
  expect(await openSealed(sealed, "webhook:1")).toBe("whsec_abc");
  expect(await sealSecret("whsec_abc", "webhook:1")).not.toBe(sealed);
});

it("does not open in another's place, or changed", async () => {
  const sealed = await sealSecret("s", "webhook:1");
  await expect(openSealed(sealed, "webhook:2")).rejects.toThrow("sealed for something else");
  const parts = sealed.split(".");
  const header = Buffer.from(
    JSON.stringify({ alg: "dir", enc: "A256GCM", kid: "derived", purpose: "webhook:2" }),
  );
  await expect(
    openSealed([header.toString("base64url"), ...parts.slice(1)].join("."), "webhook:2"),
  ).rejects.toThrow();
});

it("opens what an older key sealed, and what was sealed before there were keys, but not with a key that was taken away", async () => {
  const first = await sealSecret("without keys", "p");
  use("one");
  const second = await sealSecret("one", "p");
  use("two", "one");
  expect([await openSealed(first, "p"), await openSealed(second, "p")]).toEqual(["without keys", "one"]);
  use("two");
  await expect(openSealed(second, "p")).rejects.toThrow("not here: one");
});
