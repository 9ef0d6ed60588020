/** Another process of the app on the same database, for what one process changes and every other one must follow. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/**
 * Starts `module` in a process of its own; it answers each line it reads with a line. Returns what asks it. It is ended with
 * the test.
 */
export async function otherInstance(module: string): Promise<(line: string) => Promise<string>> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--conditions=react-server", module],
    // What it has to complain of is for whoever reads the test's output.
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, NODE_OPTIONS: "" } },
  );
  onTestFinished(async () => {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${module} ended before it answered`);
    return value;
  };
  if ((await next()) !== "ready") throw new Error(`${module} did not say that it is ready`);
  return async (line) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
}
