/** Whether the database answers, for readiness: as nobody, read-only, so that the question can meet no row. */
import { clients } from "./client";
import { connectionScope, runInScope } from "./scope-store";

const NOBODY = connectionScope({
  tenant: "",
  user: "",
  actorId: "",
  correlationId: "readiness",
  readOnly: true,
});

/** @throws whatever the driver says when a role's connection does not answer. */
export async function isDatabaseReachable(role: "app" | "system"): Promise<true> {
  await runInScope(NOBODY, () => clients()[role].prisma.$queryRaw`select 1`);
  return true;
}
