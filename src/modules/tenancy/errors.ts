/** What tenancy refuses, in public words. Fields name the input's own path. */
import { DomainError } from "~/kernel/errors";

export const orgSuspended = () =>
  new DomainError(
    "forbidden",
    "tenancy.org_suspended",
    "This organization is suspended: it can be read, exported, left and handed over, but nothing else can be changed. Ask an owner to contact support.",
  );

export const slugTaken = () =>
  new DomainError(
    "invalid",
    "tenancy.slug_taken",
    "This address is taken.",
    {},
    {
      fields: { slug: ["This address is taken. Choose another one."] },
    },
  );

/** A word of our own addresses; `OrgSlug` refuses it too, but an organization may keep one it has. */
export const reservedSlug = () =>
  new DomainError(
    "invalid",
    "tenancy.slug_reserved",
    "This address is reserved.",
    {},
    {
      fields: { slug: ["This word is reserved. Choose another one."] },
    },
  );

/** Every name an organization had stays reserved for it, so changing it is bounded. */
export const slugChangedOften = () =>
  new DomainError(
    "invalid",
    "tenancy.slug_changed_often",
    "The address was changed too often.",
    {},
    {
      fields: { slug: ["The address was changed 10 times in 30 days. Try again later."] },
    },
  );

export const lastOwner = () =>
  new DomainError(
    "conflict",
    "tenancy.last_owner",
    "An organization needs an owner, and this is the only one. Make somebody else an owner first.",
  );

/** An admin touching an owner, or giving ownership. */
export const ownerProtected = () =>
  new DomainError(
    "forbidden",
    "tenancy.owner_protected",
    "Only an owner can change an owner or make somebody an owner.",
  );

export const leaveInstead = () =>
  new DomainError(
    "invalid",
    "tenancy.leave_instead",
    "You cannot remove yourself. Use “Leave organization” instead.",
  );

export const transferToSelf = () =>
  new DomainError(
    "invalid",
    "tenancy.transfer_to_self",
    "Choose somebody else as the new owner.",
    {},
    {
      fields: { userId: ["Choose somebody else."] },
    },
  );

/** The typed name differs from the organization's. */
export const confirmationMismatch = (name: string) =>
  new DomainError(
    "invalid",
    "tenancy.confirmation_mismatch",
    "The name you typed does not match.",
    {},
    {
      fields: { confirmation: [`Type the name exactly as it is: ${name}`] },
    },
  );

export const addressesRefused = (fields: Record<string, string[]>) =>
  new DomainError(
    "invalid",
    "tenancy.addresses_refused",
    "Nobody was invited: some addresses need another look.",
    {},
    { fields },
  );

export type InvitationEnd = "expired" | "revoked" | "accepted";
const END_WORDS: Record<InvitationEnd, string> = {
  expired: "This invitation has expired. Ask whoever invited you to send it again.",
  revoked: "This invitation was withdrawn. Ask whoever invited you if that was a mistake.",
  accepted: "This invitation was accepted already. Sign in to open the organization.",
};
export const invitationEnded = (end: InvitationEnd) =>
  new DomainError("gone", "tenancy.invitation_ended", END_WORDS[end], { end });

export const invitationWrongAddress = () =>
  new DomainError(
    "forbidden",
    "tenancy.invitation_wrong_address",
    "This invitation is for another mail address. Sign out, and sign in with the address it was sent to.",
  );

export const addressUnverified = () =>
  new DomainError(
    "forbidden",
    "tenancy.address_unverified",
    "Your mail address is not verified yet. Sign in once by a mailed link, then accept the invitation.",
  );

export const logoRefused = (words: string) =>
  new DomainError("invalid", "tenancy.logo_refused", words, {}, { fields: { logo: [words] } });

export const deletionAsked = () =>
  new DomainError(
    "conflict",
    "tenancy.deletion_requested",
    "The deletion of this organization is requested already.",
  );

export const deletionNotAsked = () =>
  new DomainError(
    "conflict",
    "tenancy.deletion_not_requested",
    "The deletion of this organization is not requested, or was undone already.",
  );

export const changedMeanwhile = () =>
  new DomainError(
    "conflict",
    "tenancy.changed_meanwhile",
    "Somebody changed this organization meanwhile. Nothing of yours was saved. Reload it, and make your change again.",
  );
