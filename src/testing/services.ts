// The local services of `npm run dev`, started by the test files that need them; each ends with its file.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, inject } from "vitest";
import { whenWeEnd } from "../../scripts/processes";
import type { Running, Service, ServiceContext } from "../../scripts/services/service";

/** Starts a service in a folder of its own and ends it after the file's last test. Call it in `beforeAll`. */
export async function startService<At, Options>(
  service: Service<At, Options>,
  options: Options,
): Promise<Running<At>> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), `tenantry-${service.name}-`));
  const context: ServiceContext = {
    home,
    root: process.cwd(),
    secrets: inject("secrets"),
    // Ports differ from the usual ones here, which nobody needs to be told.
    say: () => {},
    durable: false,
  };
  const running = await service.start(context, options);
  const remove = () => fs.rmSync(home, { recursive: true, force: true });
  const forget = whenWeEnd(() => {
    void running.stop();
    remove();
  });
  started.push(async () => {
    forget();
    await running.stop();
    remove();
  });
  return running;
}

const started: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of started.splice(0).reverse()) await stop();
});
