import type { Sweep } from "~/server/events/sweeper";
import { inboxSweeps } from "./take-in-webhook";

export const billingSweeps = (): Sweep[] => [...inboxSweeps()];
