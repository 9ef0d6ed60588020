import { afterAll, afterEach, expect, it, vi } from "vitest";
import { closeClients } from "~/server/db/client";
import { inTurn, startSweeper, stopSweeper } from "./sweeper";

afterEach(stopSweeper);
afterAll(closeClients);

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("takes turns again and again, never two of one sweep at once", async () => {
  let [turns, running, most] = [0, 0, 0];
  startSweeper([
    {
      name: "test",
      everyMs: 5,
      turn: async () => {
        most = Math.max(most, ++running);
        await pause(10);
        running--;
        turns++;
      },
    },
  ]);
  startSweeper([
    { name: "second start", everyMs: 1, turn: () => Promise.reject(new Error("a process sweeps once")) },
  ]);
  await vi.waitFor(() => expect(turns).toBeGreaterThan(3));
  expect(most).toBe(1);
});

it("goes on after a failure, with growing patience, and holds no other sweep back", async () => {
  const failedAt: number[] = [];
  let others = 0;
  startSweeper([
    {
      name: "failing",
      everyMs: 20,
      turn: async () => {
        failedAt.push(performance.now());
        throw new Error("engine down");
      },
    },
    { name: "other", everyMs: 10, turn: async () => others++ },
  ]);
  await vi.waitFor(() => expect(failedAt.length).toBeGreaterThanOrEqual(4), { timeout: 5_000 });
  const waits = failedAt.slice(1).map((at, index) => at - failedAt[index]!);
  expect(waits[0]).toBeGreaterThanOrEqual(39);
  expect(waits[1]).toBeGreaterThanOrEqual(79);
  expect(waits[2]).toBeGreaterThanOrEqual(159);
  expect(others).toBeGreaterThan(5);
});

it("waits for a turn under way when it stops, and takes no other", async () => {
  let [begun, ended] = [0, 0];
  startSweeper([
    {
      name: "slow",
      everyMs: 1,
      turn: async () => {
        begun++;
        await pause(100);
        ended++;
      },
    },
  ]);
  await vi.waitFor(() => expect(begun).toBe(1));
  await stopSweeper();
  expect(ended).toBe(1);
  await pause(30);
  expect(begun).toBe(1);
});

it("lets one process at a time do what must not be done twice", async () => {
  let running = 0;
  const turn = () =>
    inTurn("once", async ({ db }) => {
      running++;
      await db.$queryRaw`SELECT pg_sleep(0.2)::text`;
      return running;
    });
  const answers = await Promise.all([turn(), turn(), turn()]);
  expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  expect(await inTurn("once", async () => "free again")).toBe("free again");
  const [one, other] = await Promise.all([
    inTurn("a", () => pause(50)),
    inTurn("b", async () => "not held up"),
  ]);
  expect([one, other]).toEqual([undefined, "not held up"]);
});
