/** Whether this process can do its work, and how each thing it leans on is. */
import { databaseListener } from "~/server/db/listener";
import { isDatabaseReachable } from "~/server/db/reachable";
import { env } from "~/server/config/env";
import { isMailReachable } from "~/server/mail/mailer";
import { isObjectStoreReachable } from "~/server/outbound/object-store";

export type DependencyState = "ok" | "down" | "not_configured";
export type Readiness = { status: "ok" | "degraded" | "down"; dependencies: Record<string, DependencyState> };

const TIMEOUT_MS = 2_000;
const within = (check: () => Promise<boolean>): Promise<DependencyState> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve("down"), TIMEOUT_MS);
    const settle = (isUp: boolean) => {
      clearTimeout(timer);
      resolve(isUp ? "ok" : "down");
    };
    check().then(settle, () => settle(false));
  });

async function isInngestReachable(): Promise<boolean> {
  const response = await fetch(`${env().INNGEST_BASE_URL ?? "https://api.inngest.com"}/health`, {
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return response.ok;
}

/** Only the database decides whether requests can be served; the rest degrades what it carries. */
export async function readiness(): Promise<Readiness> {
  const settings = env();
  const [database, systemRole, listener, inngest, mail, files] = await Promise.all([
    within(() => isDatabaseReachable("app")),
    within(() => isDatabaseReachable("system")),
    within(async () => databaseListener().isFresh()),
    within(isInngestReachable),
    settings.SMTP_URL ? within(isMailReachable) : ("not_configured" as const),
    settings.S3_BUCKET ? within(isObjectStoreReachable) : ("not_configured" as const),
  ]);
  const dependencies = {
    database,
    database_system: systemRole,
    database_listener: listener,
    inngest,
    mail,
    files,
  };
  if (database === "down" || systemRole === "down") return { status: "down", dependencies };
  return { status: Object.values(dependencies).includes("down") ? "degraded" : "ok", dependencies };
}
