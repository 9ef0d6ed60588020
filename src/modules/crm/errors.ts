/** What the CRM refuses, in public words. Fields name the input's own path. */
import { DomainError } from "~/kernel/errors";

/** Another living record has this domain or mail address; `details` lead to it. */
const taken = (code: string, field: string, noun: string, existing: { id: string; name: string } | null) => {
  const words = existing
    ? `“${existing.name}” has this ${noun} already. Open it, or choose another one.`
    : `Another record has this ${noun} already. Choose another one.`;
  return new DomainError(
    "conflict",
    code,
    words,
    existing ? { existingId: existing.id, existingName: existing.name } : {},
    {
      fields: { [field]: [words] },
    },
  );
};

export const domainTaken = (existing: { id: string; name: string } | null) =>
  taken("crm.domain_taken", "domain", "domain", existing);

export const emailTaken = (existing: { id: string; name: string } | null) =>
  taken("crm.email_taken", "email", "mail address", existing);

export const changedMeanwhile = () =>
  new DomainError(
    "conflict",
    "crm.changed_meanwhile",
    "Somebody changed this record while you were editing it. Nothing of yours was saved. Reload it, and make your change again.",
  );

const fieldRefused = (code: string, field: string, words: string) =>
  new DomainError("invalid", code, words, {}, { fields: { [field]: [words] } });

export const ownerUnknown = () =>
  fieldRefused(
    "crm.owner_unknown",
    "ownerId",
    "This person is not a member of the organization. Choose another one.",
  );

export const companyUnknown = () =>
  fieldRefused(
    "crm.company_unknown",
    "companyId",
    "This company does not exist any more. Choose another one.",
  );

/** The record was merged; `details` lead to the kept one. */
export const mergedAway = (intoId: string) =>
  new DomainError("gone", "crm.merged", "This record was merged into another one. Open that one instead.", {
    intoId,
  });

export const keptIsGone = (name: string) =>
  new DomainError(
    "conflict",
    "crm.kept_is_gone",
    `“${name}”, which this was merged into, was deleted or merged since. Bring it back first.`,
  );

export const tagTaken = (existing: { id: string; name: string } | null) =>
  taken("crm.tag_taken", "name", "name", existing);

export const tooManyTags = (most: number) =>
  new DomainError(
    "conflict",
    "crm.too_many_tags",
    `An organization can have ${most} tags. Delete one that is not used any more, then add this one.`,
  );

export const noteNotYours = () =>
  new DomainError("forbidden", "crm.note_not_yours", "Only who wrote a note can change or delete it.");

export const nameless = (words: string) => fieldRefused("crm.nameless", "lastName", words);

export const tagUnknown = () =>
  fieldRefused("crm.tag_unknown", "tagId", "This tag does not exist any more. Choose another one.");

export const restoreTooLate = () =>
  new DomainError(
    "gone",
    "crm.restore_too_late",
    "This record was deleted more than 30 days ago and is gone for good.",
  );

export const cursorInvalid = () =>
  fieldRefused(
    "crm.cursor_invalid",
    "cursor",
    "This page of the list does not exist. Start from the first one.",
  );

/** The file cannot be read as a table; nothing was changed. */
export const fileRefused = (words: string) => fieldRefused("crm.file_refused", "file", words);

export const fileMissing = () =>
  fileRefused("The file has not arrived yet. Upload it again; nothing was imported.");

export const mappingRefused = (words: string) => fieldRefused("crm.mapping_refused", "mapping", words);

export const importNotReady = () =>
  new DomainError(
    "conflict",
    "crm.import_not_ready",
    "This import is not waiting to be started. Reload the page to see how far it is.",
  );

/** The object in the store is not the one that was looked at, or is gone. */
export const fileChanged = () =>
  new DomainError(
    "gone",
    "crm.file_changed",
    "The uploaded file was replaced or removed after it was looked at. What was imported so far stays; import the file again for the rest.",
  );

export const samplesNeedRoom = () =>
  new DomainError(
    "conflict",
    "crm.samples_need_room",
    "Sample data is for an organization without companies and contacts. There are some here already.",
  );
