import { startStack, type Stack } from "./stack";
import { welcome } from "./terminal";

/** Runs everything in this terminal until Ctrl-C; a second Ctrl-C does not wait for a clean end. */
export async function runUntilEnded(mode: "development" | "production"): Promise<void> {
  const began = performance.now();
  let stack: Stack | undefined;
  let endingSince = 0;

  const end = async () => {
    if (endingSince) {
      // A terminal and npm both pass the same Ctrl-C on; only one that comes later is a second one.
      if (Date.now() - endingSince > 700) process.exit(130);
      return;
    }
    endingSince = Date.now();
    console.log("\nEnding everything …");
    // Still starting: the start itself ends what it began, as its services are stopped under it.
    await (stack ? stack.stop() : starting.then((made) => made.stop()).catch(() => {}));
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end());
  process.once("disconnect", () => void end());

  const starting = startStack({ mode });
  try {
    stack = await starting;
  } catch (error) {
    if (endingSince) return;
    console.error(`\n${(error as Error).message}`);
    process.exit(1);
  }
  if (endingSince) return;
  console.log(welcome(stack, Math.round((performance.now() - began) / 100) / 10));
  await stack.inngestReady.then(
    () => console.log("Jobs run."),
    (error: Error) => console.error(`Jobs wait: ${error.message}`),
  );
}
