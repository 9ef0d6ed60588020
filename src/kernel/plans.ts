/** Plans a tenant can be on (spec §5). What each allows stands in entitlements, not here. */
import { z } from "zod";
export const Plan = z.enum(["FREE", "PRO", "ENTERPRISE"]);
export type Plan = z.infer<typeof Plan>;
