/** Every slice's word on where its personal data lies. */
import type { Privacy } from "~/kernel/privacy";
import { auditPrivacy } from "~/modules/audit/privacy";
import { tenancyPrivacy } from "~/modules/tenancy/privacy";

export const PRIVACY: Privacy[] = [auditPrivacy, tenancyPrivacy];
