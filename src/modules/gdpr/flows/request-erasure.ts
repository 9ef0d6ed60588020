/** Asking for a deletion, and undoing it within its time of grace. */
import type { OrgActor, Trace, UserActor } from "~/kernel/actor";
import { notFound } from "~/kernel/errors";
import { requireFreshSignIn } from "~/modules/auth";
import { requestDeletion } from "~/modules/tenancy";
import { readSystem, withSystem } from "~/server/db/with-system";
import { mailErasureRequested, type ErasureMail } from "../adapters/mail";
import { confirmationMismatch, handOverFirst } from "../errors";
import {
  lockOrganizationsOf,
  memberCount,
  organizationRow,
  ownersOf,
  personRow,
  standingsOf,
} from "../queries/system";
import { sortStandings } from "../rules";
import type { CertificateView, ErasurePreview, OrganizationData, PersonData } from "../schema";
import {
  addErasure,
  certificateByToken,
  exportsOf,
  noteErasure,
  openErasure,
  previewByToken,
  tokenFor,
  undoErasure,
  type Subject,
} from "../service";

type Send = (mail: ErasureMail) => Promise<void>;
/** An organization's page knows the person only by their session. */
export type Asker = { person: UserActor; actor: OrgActor };

/**
 * Asks for the deletion of one's own account, 7 days from now. Mailed at once; a request whose mail does not go out is
 * taken back, so that none goes unseen.
 * @throws auth.step_up_required, gdpr.confirmation_mismatch unless the mail address was typed, gdpr.hand_over_first,
 * gdpr.already_requested, mail.unavailable
 */
export async function requestPersonErasure(
  actor: UserActor,
  { confirmation }: { confirmation: string },
  send: Send = mailErasureRequested,
): Promise<{ id: string; dueAt: Date }> {
  await requireFreshSignIn(actor);
  const { userId, trace } = actor;
  const subject: Subject = { kind: "person", subjectId: userId };
  const asked = await withSystem(
    { reason: "a person asks for deletion", trace, actorId: userId },
    async (scope) => {
      const person = await personRow(scope, userId);
      if (!person) throw notFound("account");
      if (confirmation.toLowerCase() !== person.email.toLowerCase()) throw confirmationMismatch(person.email);
      await lockOrganizationsOf(scope, userId);
      const standing = sortStandings(await standingsOf(scope, userId));
      if (standing.handOverFirst.length > 0) throw handOverFirst(standing.handOverFirst);
      const added = await addErasure(scope, { ...subject, requestedById: userId });
      await noteErasure(scope, subject, "erasure.requested", userId);
      return { ...added, mailTo: [person.email], organization: null };
    },
  );
  return mailed(asked, subject, trace, send);
}

/**
 * The same for an organization, by an owner who types its name.
 * @throws auth.step_up_required, tenancy.confirmation_mismatch, tenancy.deletion_requested, mail.unavailable
 */
export async function requestOrganizationErasure(
  { person, actor }: Asker,
  { confirmation }: { confirmation: string },
  send: Send = mailErasureRequested,
): Promise<{ id: string; dueAt: Date }> {
  await requireFreshSignIn(person);
  const { orgId, trace } = actor;
  const { userId } = person;
  const subject: Subject = { kind: "organization", subjectId: orgId };
  const asked = await withSystem(
    { reason: "an owner asks for deletion", trace, actorId: userId },
    async (scope) => {
      await requestDeletion(scope, { orgId, userId }, confirmation);
      const added = await addErasure(scope, { ...subject, requestedById: userId });
      await noteErasure(scope, subject, "erasure.requested", userId);
      return { ...added, mailTo: await ownersOf(scope, orgId), organization: confirmation };
    },
  );
  return mailed(asked, subject, trace, send);
}

async function mailed(
  asked: { id: string; dueAt: Date; mailTo: string[]; organization: string | null },
  subject: Subject,
  trace: Trace,
  send: Send,
): Promise<{ id: string; dueAt: Date }> {
  const { id, dueAt, mailTo, organization } = asked;
  try {
    for (const [at, to] of mailTo.entries())
      await send({
        id: `${id}.${at}`,
        to,
        kind: subject.kind,
        organization,
        dueAt,
        undoToken: tokenFor("undo", id),
        certificateToken: tokenFor("certificate", id),
      });
  } catch (error) {
    await withSystem({ reason: "a deletion nobody was told of", trace }, (scope) =>
      undoErasure(scope, { by: subject }, null),
    );
    throw error;
  }
  return { id, dueAt };
}

/** @throws gdpr.nothing_to_undo */
export async function undoPersonErasure({ userId, trace }: UserActor): Promise<void> {
  await withSystem({ reason: "a person keeps their account", trace, actorId: userId }, (scope) =>
    undoErasure(scope, { by: { kind: "person", subjectId: userId } }, userId),
  );
}

/** @throws gdpr.nothing_to_undo */
export async function undoOrganizationErasure({ orgId, userId, trace }: OrgActor): Promise<void> {
  await withSystem({ reason: "an owner keeps the organization", trace, actorId: userId }, (scope) =>
    undoErasure(scope, { by: { kind: "organization", subjectId: orgId } }, userId),
  );
}

/** By whoever holds the mail's link. @throws gdpr.nothing_to_undo */
export async function undoByToken(token: string, trace: Trace): Promise<void> {
  await withSystem({ reason: "a deletion is undone by its link", trace }, (scope) =>
    undoErasure(scope, { byToken: token }, null),
  );
}

/** What an undo's link leads to. */
export const previewUndo = (token: string, trace: Trace): Promise<ErasurePreview> =>
  readSystem(
    { reason: "look at a deletion by its link", trace },
    async (scope) => (await previewByToken(scope, "undo", token)).preview,
  );

/** The certificate, or how far the erasure is, by the link of its mail. */
export const readCertificate = (token: string, trace: Trace): Promise<CertificateView> =>
  readSystem({ reason: "read a certificate by its link", trace }, (scope) =>
    certificateByToken(scope, token),
  );

export function personData({ userId, trace }: UserActor): Promise<PersonData> {
  const subject: Subject = { kind: "person", subjectId: userId };
  return readSystem({ reason: "a person's exports and deletion", trace, actorId: userId }, async (scope) => {
    const [person, erasure, exports, standings] = await Promise.all([
      personRow(scope, userId),
      openErasure(scope, subject),
      exportsOf(scope, subject),
      standingsOf(scope, userId),
    ]);
    if (!person) throw notFound("account");
    const named = ({ slug, name }: { slug: string; name: string }) => ({ slug, name });
    const { handOverFirst, goesWithThem } = sortStandings(standings);
    return {
      email: person.email,
      erasure,
      exports,
      handOverFirst: handOverFirst.map((one) => ({ ...named(one), isSuspended: one.isSuspended })),
      goesWithThem: goesWithThem.map(named),
    };
  });
}

export function organizationData({ orgId, userId, trace }: OrgActor): Promise<OrganizationData> {
  const subject: Subject = { kind: "organization", subjectId: orgId };
  return readSystem(
    { reason: "an organization's exports and deletion", trace, actorId: userId },
    async (scope) => {
      const [org, erasure, exports, members] = await Promise.all([
        organizationRow(scope, orgId),
        openErasure(scope, subject),
        exportsOf(scope, subject),
        memberCount(scope, orgId),
      ]);
      if (!org) throw notFound("organization");
      return { name: org.name, erasure, exports, memberCount: members };
    },
  );
}
