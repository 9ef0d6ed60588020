/** Live changes of jobs, as server-sent events. */
import { streamJobs } from "~/modules/jobs";
import { gates } from "~/wiring/gates";

export const dynamic = "force-dynamic";
export const maxDuration = 120;

export const GET = (request: Request): Promise<Response> => streamJobs(request, gates);
