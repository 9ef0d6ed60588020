/** `/invoices`: the organization's invoices, newest first (`?limit=` to 100, `?cursor=`); a browser is led to billing. */
import { answerForOrg } from "../answer-for-org";
import { toOrgLastUsed } from "../../last-used";

export const GET = (request: Request): Promise<Response> => {
  if (request.headers.get("accept")?.includes("text/html")) return toOrgLastUsed("/billing", "/billing");
  const { searchParams } = new URL(request.url);
  const limit = searchParams.get("limit");
  const cursor = searchParams.get("cursor");
  return answerForOrg(request, ({ api }) =>
    api.billing.invoices({ cursor, ...(limit !== null && { limit: Number(limit) }) }),
  );
};
