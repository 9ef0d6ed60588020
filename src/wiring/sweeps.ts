/** What runs by the clock in every server process (design decision 23). */
import { keySweeps } from "~/modules/api-keys";
import { auditSweeps } from "~/modules/audit";
import { billingSweeps } from "~/modules/billing";
import { crmSweeps } from "~/modules/crm";
import { exportSweeps } from "~/modules/exports";
import { gdprSweeps } from "~/modules/gdpr";
import { jobSweeps } from "~/modules/jobs";
import { meteringSweeps } from "~/modules/metering";
import { notificationSweeps } from "~/modules/notifications";
import { webhookSweeps } from "~/modules/webhooks";
import type { Sweep } from "~/server/events/sweeper";
import { limiterSweeps } from "~/server/http/limiter";
import { idempotencySweeps } from "~/server/rest/idempotency";
import { PRIVACY } from "./privacy";

export const sweeps = (): Sweep[] => [
  ...jobSweeps(),
  ...keySweeps(),
  ...auditSweeps(),
  ...billingSweeps(),
  ...meteringSweeps(),
  ...crmSweeps(),
  ...exportSweeps(),
  ...gdprSweeps(PRIVACY),
  ...notificationSweeps(),
  ...webhookSweeps(),
  ...limiterSweeps(),
  ...idempotencySweeps(),
];
