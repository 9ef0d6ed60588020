// Runs after everything else, alone: it kills what the other tests stand on.
import { expect, test } from "@playwright/test";
import { importUnderFire, VICTIMS } from "../../scripts/chaos/import-under-fire";
import { stack } from "../pages/stack";

test.describe.configure({ mode: "serial" });

for (const victim of VICTIMS) {
  test(`an import survives SIGKILL of ${victim}: every row once, one unit`, async () => {
    test.setTimeout(300_000);
    const { broken } = await importUnderFire(stack.home, victim, 50_000);
    expect(broken).toEqual([]);
  });
}
