/** Who may see the inside of the machine: everybody in `local`, elsewhere whoever holds METRICS_TOKEN. */
import { timingSafeEqual } from "node:crypto";
import { env } from "~/server/config/env";

export function isOperator(headers: Headers): boolean {
  const { APP_ENV, METRICS_TOKEN } = env();
  if (APP_ENV === "local") return true;
  const given = Buffer.from(headers.get("authorization") ?? "");
  const wanted = Buffer.from(`Bearer ${METRICS_TOKEN ?? ""}`);
  return METRICS_TOKEN !== undefined && given.length === wanted.length && timingSafeEqual(given, wanted);
}
