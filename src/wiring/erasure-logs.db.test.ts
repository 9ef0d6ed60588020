// What an erasure writes into the logs, at their loudest: ids, and nothing that it erases.
import fs from "node:fs";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { clock } from "~/kernel/clock";
import { exportPerson, runPersonExport } from "~/modules/gdpr/flows/exports";
import { claimDueErasures, requestPersonErasure, runErasure } from "~/modules/gdpr/flows";
import { forgetEnv } from "~/server/config/env";
import { logger } from "~/server/observability/logger";
import { startS3 } from "~/testing/s3";
import { asOwner, testTrace, testUser, unique } from "~/testing/tenants";
import { PRIVACY } from "./privacy";

// An erasure reads the whole database, and each kill is a run of its own.
vi.setConfig({ testTimeout: 300_000 });

const lines: string[] = [];
beforeAll(async () => {
  process.env.LOG_LEVEL = "DEBUG";
  const write = fs.write.bind(fs) as (...given: unknown[]) => void;
  vi.spyOn(fs, "write").mockImplementation(((...given: unknown[]) => {
    const [fd, text] = given;
    if (fd !== 1 || typeof text !== "string") return write(...given);
    lines.push(text);
    const done = given.at(-1) as (error: null, bytes: number) => void;
    setImmediate(() => done(null, Buffer.byteLength(text)));
  }) as never);
  await startS3();
  forgetEnv();
});
afterEach(() => clock.setOffset(0));

it("names nobody in the logs, from the export to the certificate", async () => {
  const person = await testUser({ email: `${unique("quiet")}@example.test`, name: "Silvia Unlogged" });
  await asOwner("update session set stepped_up_at = now(), stepped_up_by = 'link' where id = $1", [
    person.sessionId,
  ]);
  const { id: exportId } = await exportPerson(person);
  await runPersonExport({ exportId, attempt: 1 }, testTrace(), { privacy: PRIVACY, mail: async () => {} });
  const { id } = await requestPersonErasure(person, { confirmation: person.email }, async () => {});
  clock.setOffset(7 * 86_400_000 + 1_000);
  for (let outcome = "more"; outcome !== "completed";) {
    const [due] = (await claimDueErasures()).filter(({ erasureId }) => erasureId === id);
    outcome = await runErasure(due!, testTrace(), { privacy: PRIVACY, parties: { mail: async () => {} } });
  }
  logger().flush();
  const told = lines.join("");
  expect(told).toContain("erasure: rows:user");
  expect(told).not.toContain(person.email);
  expect(told).not.toContain(person.name);
});
