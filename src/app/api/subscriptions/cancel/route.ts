/** `/subscriptions/cancel`: POST ends the subscription with what is paid for; a browser is led to billing. */
import { answerForOrg } from "../../answer-for-org";
import { toOrgLastUsed } from "../../../last-used";

export const GET = (): Promise<never> => toOrgLastUsed("/billing", "/billing");

export const POST = (request: Request): Promise<Response> =>
  answerForOrg(request, async ({ api, intentId }) => {
    await api.billing.cancel({ intentId });
    const { subscription } = await api.billing.overview();
    return {
      cancelAtPeriodEnd: subscription?.cancelAtPeriodEnd ?? true,
      endsAt: subscription?.period.end ?? null,
    };
  });
