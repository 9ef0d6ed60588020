import { buffer } from "node:stream/consumers";
import type { OrgActor, UserActor } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import { newId, readTenant, withTenant } from "~/server/db/with-tenant";
import { objectStoreOrigin } from "~/server/config/origins";
import { readUser } from "~/server/db/with-user";
import { logger } from "~/server/observability/logger";
import {
  deleteObject,
  headObject,
  presignDownload,
  presignUpload,
  readObject,
  writeObject,
} from "~/server/outbound/object-store";
import { logoPng } from "../adapters/sharp";
import { logoRefused } from "../errors";
import { myOrgs } from "../queries";
import {
  MAX_LOGO_BYTES,
  type FinishLogoInput,
  type MyOrganization,
  type OrganizationDetail,
  type StartLogoInput,
} from "../schema";
import { organizationDetail, replaceLogo } from "../service";

const uploadPath = (uploadId: string) => `logo/upload/${uploadId}`;

/** Where the browser may put a new logo, once, for 15 minutes. */
export async function startLogoUpload({ orgId }: OrgActor, input: StartLogoInput) {
  const uploadId = newId();
  return { uploadId, ...(await presignUpload({ orgId, path: uploadPath(uploadId) }, input)) };
}

/**
 * Checks what was uploaded by its own bytes, re-encodes it and makes it the logo. Neither the upload nor the logo before
 * stays behind. @throws tenancy.logo_refused; kernel.not_found when nothing was uploaded.
 */
export async function finishLogoUpload(
  actor: OrgActor,
  { uploadId }: FinishLogoInput,
): Promise<{ logoUrl: string }> {
  const { orgId } = actor;
  const upload = { orgId, path: uploadPath(uploadId) };
  const head = await headObject(upload);
  if (!head) throw notFound("upload");
  const path = `logo/${newId()}.png`;
  try {
    if (head.sizeBytes > MAX_LOGO_BYTES) {
      throw logoRefused("This image is larger than 2 MB. Choose a smaller one.");
    }
    const bytes = await buffer(await readObject(upload, { until: MAX_LOGO_BYTES }));
    await writeObject({ orgId, path }, await logoPng(bytes), "image/png");
  } finally {
    await forget(orgId, upload.path);
  }
  const before = await withTenant(actor, (scope) => replaceLogo(scope, path)).catch(
    async (error: unknown) => {
      await forget(orgId, path);
      throw error;
    },
  );
  if (before) await forget(orgId, before);
  return { logoUrl: (await logoUrl(orgId, path))! };
}

export async function removeLogo(actor: OrgActor): Promise<void> {
  const before = await withTenant(actor, (scope) => replaceLogo(scope, null));
  if (before) await forget(actor.orgId, before);
}

/** A file that stays behind is a trifle; the change it belonged to has been made. */
const forget = (orgId: string, path: string): Promise<void> =>
  deleteObject({ orgId, path }).catch((error: Error) => {
    logger().warn({ err: error, org_id: orgId }, "an old logo file could not be deleted");
  });

const URL_SECONDS = 3_600;
const MOST_SIGNED = 10_000;
const signed = new Map<string, { url: string; until: number }>();

/** A signed address of a logo, the same for half its hour, so that browsers load it once; null without logo or store. */
export async function logoUrl(orgId: string, logoKey: string | null): Promise<string | null> {
  if (!logoKey || !objectStoreOrigin()) return null;
  const key = `${orgId}/${logoKey}`;
  const known = signed.get(key);
  if (known && known.until > Date.now()) return known.url;
  const url = await presignDownload({ orgId, path: logoKey }, "logo.png", URL_SECONDS);
  if (signed.size >= MOST_SIGNED) signed.clear();
  signed.set(key, { url, until: Date.now() + (URL_SECONDS * 1000) / 2 });
  return url;
}

/** Staff who opened one as this person see no others of theirs. */
const orgsInSight = async (person: UserActor) =>
  (await readUser(person, myOrgs)).filter(({ id }) => !person.staff || person.staff.orgId === id);

/** The person's organizations, last used first. */
export async function myOrganizations(person: UserActor): Promise<MyOrganization[]> {
  const orgs = await orgsInSight(person);
  return Promise.all(
    orgs.map(async ({ logoKey, ...org }) => ({ ...org, logoUrl: await logoUrl(org.id, logoKey) })),
  );
}

/** The organization the person last opened, or null without any. */
export async function lastUsedOrg(
  person: UserActor,
): Promise<{ id: string; slug: string; name: string } | null> {
  const [org] = await orgsInSight(person);
  return org ? { id: org.id, slug: org.slug, name: org.name } : null;
}

/** The organization as its pages show it. */
export async function currentOrganization(actor: OrgActor): Promise<OrganizationDetail> {
  const { logoKey, ...org } = await readTenant(actor, organizationDetail);
  return { ...org, logoUrl: await logoUrl(org.id, logoKey) };
}
