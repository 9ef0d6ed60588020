/** Every slice's, and the platform's own, word on where its personal data lies. */
import type { Privacy } from "~/kernel/privacy";
import { auditPrivacy } from "~/modules/audit/privacy";
import { billingPrivacy } from "~/modules/billing/privacy";
import { crmPrivacy } from "~/modules/crm/privacy";
import { authPrivacy } from "~/modules/auth/privacy";
import { entitlementsPrivacy } from "~/modules/entitlements/privacy";
import { exportsPrivacy } from "~/modules/exports/privacy";
import { jobsPrivacy } from "~/modules/jobs/privacy";
import { meteringPrivacy } from "~/modules/metering/privacy";
import { notificationsPrivacy } from "~/modules/notifications/privacy";
import { tenancyPrivacy } from "~/modules/tenancy/privacy";
import { viewsPrivacy } from "~/modules/views/privacy";
import { platformPrivacy } from "~/server/http/privacy";

export const PRIVACY: Privacy[] = [
  auditPrivacy,
  authPrivacy,
  billingPrivacy,
  crmPrivacy,
  entitlementsPrivacy,
  exportsPrivacy,
  jobsPrivacy,
  meteringPrivacy,
  notificationsPrivacy,
  platformPrivacy,
  tenancyPrivacy,
  viewsPrivacy,
];
