/** `/subscriptions/checkout`: POST answers with the page where a plan is paid; a browser is led to billing. */
import type { Plan } from "~/kernel/plans";
import { answerForOrg } from "../../answer-for-org";
import { toOrgLastUsed } from "../../../last-used";

export const GET = (): Promise<never> => toOrgLastUsed("/billing", "/billing");

/** Body: `{plan}`, PRO where it names none; the procedure checks it. */
export const POST = (request: Request): Promise<Response> =>
  answerForOrg(request, ({ api, body, intentId }) =>
    api.billing.checkout({ intentId, plan: (body.plan ?? "PRO") as Plan }),
  );
