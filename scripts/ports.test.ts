import net from "node:net";
import { expect, it } from "vitest";
import { claimPort, giveBackPorts } from "./ports";

/** Far from what anything here listens on, and another one for each process of the tests. */
const PORT = 41_000 + (process.pid % 5_000);

it("gives nobody a port twice, until the process gives back what it claimed", async () => {
  const first = await claimPort(PORT);
  expect(await claimPort(first)).not.toBe(first);
  giveBackPorts();
  expect(await claimPort(first)).toBe(first);
  giveBackPorts();
});

it("passes by a port that something listens on, claimed or not", async () => {
  const taken = await claimPort(PORT);
  const server = net.createServer();
  await new Promise<void>((listening) => server.listen(taken, "127.0.0.1", listening));
  giveBackPorts();
  expect(await claimPort(taken)).not.toBe(taken);
  giveBackPorts();
  await new Promise((closed) => server.close(closed));
});
