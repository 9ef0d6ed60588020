/** What runs by the clock in every server process (design decision 23). */
import { billingSweeps } from "~/modules/billing";
import { crmSweeps } from "~/modules/crm";
import { exportSweeps } from "~/modules/exports";
import { jobSweeps } from "~/modules/jobs";
import { meteringSweeps } from "~/modules/metering";
import { notificationSweeps } from "~/modules/notifications";
import type { Sweep } from "~/server/events/sweeper";
import { limiterSweeps } from "~/server/http/limiter";

export const sweeps = (): Sweep[] => [
  ...jobSweeps(),
  ...billingSweeps(),
  ...meteringSweeps(),
  ...crmSweeps(),
  ...exportSweeps(),
  ...notificationSweeps(),
  ...limiterSweeps(),
];
