/** Every slice's, and the platform's own, word on where its personal data lies. */
import type { Privacy } from "~/kernel/privacy";
import { apiKeysPrivacy } from "~/modules/api-keys/privacy";
import { auditPrivacy } from "~/modules/audit/privacy";
import { billingPrivacy } from "~/modules/billing/privacy";
import { crmPrivacy } from "~/modules/crm/privacy";
import { authPrivacy } from "~/modules/auth/privacy";
import { entitlementsPrivacy } from "~/modules/entitlements/privacy";
import { exportsPrivacy } from "~/modules/exports/privacy";
import { featuresPrivacy } from "~/modules/features/privacy";
import { gdprPrivacy } from "~/modules/gdpr/privacy";
import { jobsPrivacy } from "~/modules/jobs/privacy";
import { meteringPrivacy } from "~/modules/metering/privacy";
import { notificationsPrivacy } from "~/modules/notifications/privacy";
import { tenancyPrivacy } from "~/modules/tenancy/privacy";
import { viewsPrivacy } from "~/modules/views/privacy";
import { webhooksPrivacy } from "~/modules/webhooks/privacy";
import { platformPrivacy } from "~/server/http/privacy";
import { restPrivacy } from "~/server/rest/idempotency";

export const PRIVACY: Privacy[] = [
  apiKeysPrivacy,
  auditPrivacy,
  authPrivacy,
  billingPrivacy,
  crmPrivacy,
  entitlementsPrivacy,
  exportsPrivacy,
  featuresPrivacy,
  gdprPrivacy,
  jobsPrivacy,
  meteringPrivacy,
  notificationsPrivacy,
  platformPrivacy,
  restPrivacy,
  tenancyPrivacy,
  viewsPrivacy,
  webhooksPrivacy,
];
