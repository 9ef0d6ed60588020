/** What runs by the clock in every server process (design decision 23). */
import { jobSweeps } from "~/modules/jobs";
import type { Sweep } from "~/server/events/sweeper";

export const sweeps = (): Sweep[] => [...jobSweeps()];
