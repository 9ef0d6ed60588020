/** Every durable job there is, and those that this process serves. */
import { queueFunctions, type JobDefinition } from "~/modules/jobs";
import { changeJob, importJob, undoJob } from "~/modules/crm/functions";
import { exportJob } from "~/modules/exports/functions";
import { auditFunctions } from "~/modules/audit/functions";
import { authFunctions } from "~/modules/auth/functions";
import { billingFunctions } from "~/modules/billing/functions";
import { dataExportJob, gdprFunctions } from "~/modules/gdpr/functions";
import { meteringFunctions } from "~/modules/metering/functions";
import { notificationFunctions } from "~/modules/notifications/functions";
import { webhookFunctions } from "~/modules/webhooks/functions";
import { env, type Env } from "~/server/config/env";
import { LIST_EXPORTS } from "./exports";
import { PRIVACY } from "./privacy";
import { RECORD_READERS } from "./records";

const JOBS: JobDefinition[] = [
  importJob,
  changeJob,
  undoJob,
  exportJob(LIST_EXPORTS),
  dataExportJob(PRIVACY),
];

/** The namespaces whose queues a service works on; `api` works on all, so that one process is enough. */
const NAMESPACES: Record<Env["SERVICE_NAME"], JobDefinition["namespace"][]> = {
  api: ["default", "browser", "agents", "studio"],
  "worker-generic": ["default"],
  "worker-browser": ["browser"],
  "worker-agents": ["agents", "studio"],
  "billing-cron": [],
};

/** The functions served at /api/inngest. Made on demand: settings are not there while the app is built. */
export const functions = () => [
  ...queueFunctions(JOBS.filter((job) => NAMESPACES[env().SERVICE_NAME].includes(job.namespace))),
  ...(env().SERVICE_NAME === "api"
    ? [
        ...auditFunctions(),
        ...authFunctions(),
        ...gdprFunctions(PRIVACY),
        ...notificationFunctions(),
        ...webhookFunctions(RECORD_READERS),
      ]
    : []),
  ...(["api", "billing-cron"].includes(env().SERVICE_NAME)
    ? [...billingFunctions(), ...meteringFunctions()]
    : []),
];
