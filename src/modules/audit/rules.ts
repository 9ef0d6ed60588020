/** What goes into an entry and how it is fingerprinted. */
import { FEATURES } from "~/kernel/features";
import { PLAN_WORDS } from "~/kernel/plans";
import { ROLE_WORDS } from "~/kernel/roles";

const SECRET_NAME = /token|secret|password|authorization|cookie|api_?key|signature/i;

/** The same values with everything that is called like a secret replaced, at any depth. */
export function maskSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskSecrets);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) ? "[masked]" : maskSecrets(inner),
    ]),
  );
}

/** JSON with sorted keys, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** An entry's own fields, as they were written. */
export type EntryFields = {
  id: string;
  orgId: string | null;
  actorId: string | null;
  action: string;
  targetType: string | null;
  targetId: string | null;
  correlationId: string | null;
  createdAt: Date;
  detailDigest: string | null;
  via: string | null;
};

/** What an entry's hash is made of. `via` came later: entries without it have the text they always had. */
export const entryText = ({
  id,
  orgId,
  actorId,
  action,
  targetType,
  targetId,
  correlationId,
  createdAt,
  detailDigest,
  via,
}: EntryFields): string =>
  canonicalJson({
    id,
    orgId,
    actorId,
    action,
    targetType,
    targetId,
    correlationId,
    createdAt: createdAt.toISOString(),
    detailDigest,
    ...(via !== null && { via }),
  });

/** What the digest of a detail is made of. The salt keeps a short value from being guessed once the detail is erased. */
export const detailText = (salt: string, detail: unknown): string => salt + canonicalJson(detail);

/** By what a member acts where it is no page of their own: the key by its id, or staff by the person's. */
export const viaOf = (actor: {
  userId: string | null;
  key?: { id: string } | undefined;
  staff?: { userId: string } | undefined;
}): string | null => (actor.key ? `key:${actor.key.id}` : actor.staff ? `staff:${actor.staff.userId}` : null);

/** Refusals of one minute (UTC), person and permission are one entry. */
export const MINUTE_MS = 60_000;
export const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

/** The chain's name where a column cannot be empty: the nil uuid is the platform's. */
export const PLATFORM_CHAIN = "00000000-0000-0000-0000-000000000000";

/** What can be wrong with a chain. `missing` has no entry to name where its seal is gone with it: then `seq` says which. */
export type Fault = {
  kind: "changed" | "missing" | "unsealed" | "detail_changed";
  entryId: string | null;
  seq: bigint | null;
};

export const FAULT_WORDS: Record<Fault["kind"], string> = {
  changed: "is not what was sealed",
  missing: "is gone",
  unsealed: "has no seal after a minute",
  detail_changed: "has other values than were sealed",
};

const HOUR_MS = 60 * MINUTE_MS;
/** A chain that has grown is verified onward this often; as a whole once a day; a faulty one as a whole each hour. */
const ONWARD_AFTER_MS = 5 * MINUTE_MS;
const WHOLE_AFTER_MS = 24 * HOUR_MS;

type Checked = {
  seq: bigint;
  checkedAt: Date;
  fullAt: Date | null;
  passBeganAt: Date | null;
  fault: Fault["kind"] | null;
};

/** What is to be verified of a chain now: all of it, what has come since, or nothing. */
export function dueCheck(check: Checked | null, headSeq: bigint, now: Date): "whole" | "onward" | null {
  if (check === null || check.passBeganAt !== null || check.fullAt === null) return "whole";
  const since = (at: Date) => now.getTime() - at.getTime();
  if (since(check.fullAt) >= (check.fault ? HOUR_MS : WHOLE_AFTER_MS)) return "whole";
  if (check.fault === null && headSeq !== check.seq && since(check.checkedAt) >= ONWARD_AFTER_MS)
    return "onward";
  return null;
}

/** What the page can be narrowed to, by the nouns of actions. What has none of these is found without a group. */
export const GROUPS = {
  people: { label: "People", nouns: ["member", "invitation", "profile"] },
  access: {
    label: "Access",
    nouns: [
      "permission",
      "sign_in",
      "session",
      "account",
      "key",
      "token",
      "audit",
      "viewing",
      "passkey",
      "staff",
    ],
  },
  settings: { label: "Settings", nouns: ["organization", "feature", "view", "webhook", "integration"] },
  money: {
    label: "Plan and billing",
    nouns: ["billing", "subscription", "customer", "usage", "difference", "stripe_event", "entitlement"],
  },
  records: { label: "Records", nouns: ["company", "contact", "note", "tag", "samples", "crm"] },
  files: { label: "Imports and exports", nouns: ["import", "export", "data_export", "erasure"] },
  jobs: { label: "Jobs", nouns: ["job"] },
} as const;
export type Group = keyof typeof GROUPS;
export const GROUP_NAMES = Object.keys(GROUPS) as [Group, ...Group[]];

const nounOf = (action: string): string => action.slice(0, action.indexOf("."));
export const groupOf = (action: string): Group | null =>
  GROUP_NAMES.find((name) => (GROUPS[name].nouns as readonly string[]).includes(nounOf(action))) ?? null;

/** Acts that were not let happen. */
export const isRefusal = (action: string): boolean =>
  /\.(?:refused|confirm_refused|refresh_reused|blocked)$/.test(action);

/**
 * What was done, as the rest of a sentence that begins with who. Each further one says more, where the entry still has the
 * values; `{target}` is what it was done to.
 */
const ACTIONS: Record<string, readonly [short: string, ...longer: string[]]> = {
  "account.linked": ["connected Google to the account"],
  "account.unlinked": ["disconnected Google from the account"],
  "audit.detail_erased": [
    "erased what the log held about a person",
    "erased what the log held about a person ({after.count} entries)",
  ],
  "billing.ended": ["ended the payments, since the organization is deleted"],
  "billing.receipts_moved": ["sent the receipts to another owner, since the one before is deleted"],
  "billing.checkout_started": ["went to pay for a plan"],
  "billing.overage_set": ["changed what may be spent beyond the plan"],
  "billing.portal_opened": ["opened the payment settings"],
  "data_export.downloaded": ["downloaded an export of everything"],
  "data_export.started": ["exported everything"],
  "erasure.completed": ["finished a deletion: nothing is left but what its certificate lists"],
  "erasure.requested": ["asked for a deletion for good, seven days later"],
  "erasure.started": ["began a deletion whose seven days were over"],
  "retention.ended": ["removed what had been kept of a deleted organization for as long as the law wants"],
  "erasure.undone": ["undid a deletion before it began"],
  "company.bulk_deleted": ["deleted companies", "deleted {after.count} companies"],
  "company.bulk_updated": ["changed companies", "changed {after.count} companies"],
  "company.created": ["added the company {target}"],
  "company.deleted": ["deleted the company {target}"],
  "company.duplicates_dismissed": ["marked companies as no duplicates"],
  "company.duplicates_recalled": ["took back that companies are no duplicates"],
  "company.merged": ["merged companies into {target}"],
  "company.restored": ["restored the company {target}"],
  "company.unmerged": ["undid the merge into {target}"],
  "company.updated": ["changed the company {target}"],
  "contact.bulk_deleted": ["deleted contacts", "deleted {after.count} contacts"],
  "contact.bulk_updated": ["changed contacts", "changed {after.count} contacts"],
  "contact.created": ["added the contact {target}"],
  "contact.deleted": ["deleted the contact {target}"],
  "contact.duplicates_dismissed": ["marked contacts as no duplicates"],
  "contact.duplicates_recalled": ["took back that contacts are no duplicates"],
  "contact.merged": ["merged contacts into {target}"],
  "contact.restored": ["restored the contact {target}"],
  "contact.unmerged": ["undid the merge into {target}"],
  "contact.updated": ["changed the contact {target}"],
  "crm.purged": ["removed records deleted over 30 days ago"],
  "customer.created": ["became a customer of the payment provider"],
  "difference.dismissed": ["dismissed a difference in the books"],
  "difference.repaired": ["repaired a difference in the books"],
  "export.downloaded": ["downloaded an exported file"],
  "export.finished": ["finished an export", "finished an export of {after.rows} rows"],
  "export.started": ["exported a list", "exported the list of {after.list}"],
  "feature.override_changed": ["changed a feature", "changed the feature {after.feature}"],
  "feature.override_removed": [
    "took back a change of a feature",
    "took back the change of the feature {before.feature}",
    "took back the change of the feature {before.feature}: {after.reason}",
  ],
  "feature.override_set": [
    "set a feature",
    "set the feature {after.feature}",
    "set the feature {after.feature}: {after.reason}",
  ],
  "import.created": ["began an import"],
  "import.discarded": ["discarded an import"],
  "import.finished": ["finished an import"],
  "import.inspected": ["read the file of an import"],
  "import.started": ["started an import"],
  "invitation.accepted": ["accepted an invitation", "accepted an invitation as {after.role}"],
  "invitation.resent": ["sent the invitation of {target} again"],
  "invitation.revoked": ["withdrew the invitation of {target}"],
  "invitation.sent": ["invited {target}", "invited {after.email} as {after.role}"],
  "job.cancelled": ["cancelled a job", "cancelled a job: {after.reason}"],
  "job.completed": ["completed a job"],
  "job.failed": ["had a job fail", "had a job fail ({after.code})"],
  "job.run_again": ["ran a job again", "ran a job again: {after.reason}"],
  "job.started": ["started a job", "started a job ({after.taskType})"],
  "key.created": ["created the API key {target}", "created the API key {after.name}"],
  "key.revoked": ["revoked the API key {target}"],
  "key.rotated": ["rotated the API key {target}"],
  "key.used": ["used the API key {target} for the first time that day from an address"],
  "member.left": ["left the organization"],
  "member.removed": ["removed {target} from the organization"],
  "member.renamed": ["changed their name", "changed their name from {before.name} to {after.name}"],
  "member.role_changed": [
    "changed the role of {target}",
    "changed the role of {target} from {before.role} to {after.role}",
  ],
  "note.created": ["wrote a note"],
  "note.deleted": ["deleted a note"],
  "note.restored": ["restored a note"],
  "note.updated": ["changed a note"],
  "offer.accepted": ["took up an offer of the platform"],
  "offer.made": ["offered a plan", "offered the plan {after.plan}"],
  "offer.withdrawn": ["withdrew an offer"],
  "organization.api_origins_changed": ["changed which sites may call the API"],
  "organization.created": ["created the organization"],
  "organization.deletion_requested": ["asked for the organization to be deleted"],
  "organization.deletion_undone": ["took back the deletion of the organization"],
  "organization.logo_changed": ["changed the logo"],
  "organization.logo_removed": ["removed the logo"],
  "organization.ownership_transferred": ["made {target} the owner"],
  "organization.plan_changed": [
    "changed the plan",
    "changed the plan from {before.plan} to {after.plan}",
    "changed the plan from {before.plan} to {after.plan}: {after.reason}",
  ],
  "organization.seeded": ["filled the organization with demo data"],
  "organization.updated": ["changed the settings"],
  "passkey.added": ["added a passkey", "added the passkey {after.name}"],
  "passkey.removed": ["removed a passkey", "removed the passkey {before.name}"],
  "permission.refused": [
    "was refused",
    "was refused {after.permission}, {after.count} times within a minute",
  ],
  "profile.updated": ["changed their profile"],
  "samples.added": ["added the sample data"],
  "samples.removed": ["removed the sample data"],
  "session.confirmed": ["confirmed that it is them", "confirmed by {after.by} that it is them"],
  "session.confirm_refused": ["could not confirm that it is them"],
  "session.ended": ["ended a session"],
  "session.refresh_reused": ["used a session’s token twice; the session was ended"],
  "session.signed_in": [
    "signed in",
    "signed in by {after.method}",
    "let a program in with the API key {after.program}",
  ],
  "session.signed_out": ["signed out"],
  "sign_in.refused": ["was refused to sign in", "was refused to sign in by {after.method}"],
  "staff.audit_exported": ["exported an audit log"],
  "staff.erasure_searched_again": [
    "had a deletion search again for what is left",
    "had a deletion search again for what is left: {after.reason}",
  ],
  "staff.feature_set": ["set a feature", "set the feature {after.feature}: {after.reason}"],
  "staff.job_cancelled": ["cancelled a job", "cancelled a job: {after.reason}"],
  "staff.job_run_again": ["ran a job again", "ran a job again: {after.reason}"],
  "staff.opened_as_member": [
    "opened the organization as {target}",
    "opened the organization as {target}, {after.access}, for {after.minutes} minutes: {after.reason}",
  ],
  "staff.closed_as_member": ["ended what was opened as {target}"],
  "staff.override_ended": [
    "took back what was given besides the plan",
    "took back {before.entitlement}: {after.reason}",
  ],
  "staff.override_set": [
    "gave something besides the plan",
    "set {after.entitlement} to {after.limit}: {after.reason}",
  ],
  "staff.plan_changed": ["changed the plan", "changed the plan to {after.plan}: {after.reason}"],
  "staff.resumed": ["lifted the suspension", "lifted the suspension: {after.reason}"],
  "staff.sessions_ended": ["ended a person’s sessions", "ended {after.count} sessions: {after.reason}"],
  "staff.suspended": ["suspended the organization", "suspended the organization: {after.reason}"],
  "stripe_event.read": ["read an event of the payment provider"],
  "stripe_event.replayed": ["replayed an event of the payment provider"],
  "subscription.begun": ["began a subscription"],
  "subscription.changed": ["changed the subscription"],
  "subscription.given_up": ["gave up an unpaid subscription"],
  "tag.created": ["added the tag {target}", "added the tag {after.name}"],
  "tag.deleted": ["deleted the tag {target}"],
  "tag.restored": ["restored the tag {target}"],
  "tag.updated": ["changed the tag {target}", "changed the tag {after.name}"],
  "usage.corrected": ["corrected the usage", "corrected the usage by {after.quantity}"],
  "view.changed": ["changed a shared view"],
  "view.deleted": ["deleted a shared view", "deleted the shared view {before.name}"],
  "view.shared": ["shared a view", "shared the view {after.name}"],
  "webhook.created": ["added the webhook to {target}"],
  "webhook.deleted": ["deleted the webhook to {target}"],
  "webhook.disabled": ["switched off the webhook to {target}"],
  "webhook.enabled": ["switched on the webhook to {target}"],
  "webhook.replayed": ["sent again what the webhook to {target} missed"],
  "webhook.secret_rotated": ["changed the secret of the webhook to {target}"],
  "webhook.secret_shown": ["looked at the secret of the webhook to {target}"],
  "webhook.tested": ["sent a test to the webhook to {target}"],
  "webhook.updated": ["changed the webhook to {target}"],
};
export const KNOWN_ACTIONS = Object.keys(ACTIONS);

/** For acts nobody wrote words for: "organization.legal_hold_set" → "organization: legal hold set". */
const plainWords = (action: string): string => action.replace(".", ": ").replaceAll("_", " ");

/** What a thing is called where its own name is gone or unknown. */
const nameless = (type: string | null): string => (type === null ? "it" : `(${type.replaceAll("_", " ")})`);

type Told = {
  action: string;
  target: { type: string; label: string | null } | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

const labelsOf = (words: Record<string, { label: string }>): Map<string, string> =>
  new Map(Object.entries(words).map(([value, { label }]) => [value, label]));
/** Fields whose values have names of their own on every other page. */
const NAMES: Record<string, Map<string, string>> = {
  feature: labelsOf(FEATURES),
  plan: labelsOf(PLAN_WORDS),
  role: new Map([...labelsOf(ROLE_WORDS)].map(([role, label]) => [role, label.toLowerCase()])),
};

/** What was done, after the name of who did it: "changed the role of Ben from member to admin". */
export function deedOf({ action, target, before, after }: Told): string {
  const known = ACTIONS[action];
  if (!known) return plainWords(action);
  const fill = (words: string): string | null => {
    let isWhole = true;
    const filled = words.replace(
      /\{(target|before|after)(?:\.(\w+))?\}/g,
      (_, from: string, name: string) => {
        if (from === "target") return target?.label ?? nameless(target?.type ?? null);
        const value = (from === "before" ? before : after)?.[name];
        if (typeof value === "string") return NAMES[name]?.get(value) ?? value;
        if (typeof value === "number") return String(value);
        isWhole = false;
        return "";
      },
    );
    return isWhole ? filled : null;
  };
  const [short, ...longer] = known;
  const told = longer.reduceRight<string | null>((said, words) => said ?? fill(words), null) ?? fill(short)!;
  return told.replace(", 1 times within a minute", "");
}

/** Actions whose words hold `text`; also by their own name, as an API client knows it. */
export const actionsSaying = (text: string, actions: readonly string[]): string[] => {
  const wanted = text.toLowerCase();
  return actions.filter((action) =>
    [action, ...(ACTIONS[action] ?? [plainWords(action)])].some((words = "") =>
      words
        .replaceAll(/\{[^}]*\}/g, "")
        .toLowerCase()
        .includes(wanted),
    ),
  );
};

/** Ids are made in the order of time: no entry written before `at` (less a little, for clocks) has one from this on. */
const CLOCKS_MS = 5_000;
export const firstIdFrom = (at: Date): string => {
  const hex = Math.max(0, at.getTime() - CLOCKS_MS)
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};
export const firstIdAfter = (at: Date): string => firstIdFrom(new Date(at.getTime() + 2 * CLOCKS_MS));
