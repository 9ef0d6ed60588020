/** Pure decisions of export and erasure: times, the order of steps, what a finding means, the certificate's words. */
import {
  deleted,
  RETENTION,
  type Kept,
  type Not,
  type Privacy,
  type PrivacyOfTable,
  type Rule,
} from "~/kernel/privacy";
import type { CertificatePart, Finding, Kind } from "./schema";

const DAY_MS = 24 * 60 * 60_000;
/** Between the request and the deed; an undo brings everything back until then. */
export const GRACE_DAYS = 7;
export const dueAfter = (requestedAt: Date): Date => new Date(requestedAt.getTime() + GRACE_DAYS * DAY_MS);

/** An export's file can be fetched for 7 days. */
export const EXPORT_DAYS = 7;
export const expiryOf = (finishedAt: Date): Date => new Date(finishedAt.getTime() + EXPORT_DAYS * DAY_MS);

/** A run that says nothing for so long has died, and another one takes over. */
export const CLAIM_MS = 2 * 60_000;
/** One run works about so long; the next one goes on. */
export const RUN_MS = 20_000;
/** What an erasure that stands in its own way, or waits for staff, waits before it is tried again. */
export const BLOCKED_MS = 60 * 60_000;

/** Below the folder of whom it is about. */
export const exportPath = (exportId: string): string => `exports/${exportId}.zip`;
export const exportFileName = (kind: Kind, at: Date): string =>
  `${kind === "person" ? "my-data" : "organization-data"}-${at.toISOString().slice(0, 10)}.zip`;

/** Organizations a person belongs to, sorted by what their deletion means for each. */
export type Standing = {
  orgId: string;
  slug: string;
  name: string;
  isOwner: boolean;
  owners: number;
  members: number;
  isSuspended: boolean;
};
export const sortStandings = (standings: readonly Standing[]) => ({
  handOverFirst: standings.filter(({ isOwner, owners, members }) => isOwner && owners === 1 && members > 1),
  goesWithThem: standings.filter(({ members }) => members === 1),
});

// ─── What is declared, table by table ───

export type Declared = { table: string } & PrivacyOfTable;
export const tablesOf = (privacy: readonly Privacy[]): Declared[] =>
  privacy.flatMap(({ tables }) => Object.entries(tables).map(([table, of]) => ({ table, ...of })));

export const isKept = (erase: readonly Rule[] | Kept): erase is Kept => "kept" in erase;
export const isNot = (rows: string | Not): rows is Not => typeof rows !== "string";

/** What erasing somebody does to a table: its rules, with those that empty rows which are kept. */
export function rulesFor(kind: Kind, { person, org }: PrivacyOfTable): Rule[] {
  if (kind === "person") return person.erase;
  if (!isKept(org.erase)) return org.erase;
  const { then, where = "t.org_id = :id" } = org.erase;
  return then ? [{ where, then }] : [];
}

/** What goes of a table of an erased organization once it need not be kept any more: dated before `:since`. Null where it stays. */
export function endOfKeeping({ org }: PrivacyOfTable): Rule | null {
  if (!isKept(org.erase)) return null;
  const { until, dated, where = "t.org_id = :id" } = org.erase;
  const { years, whole } = RETENTION[until];
  if (years === null || whole) return null;
  if (!dated) throw new Error("what is kept for some years says which year counts");
  return deleted(`(${where}) AND ${dated} < :since`);
}

/** Tables that a rule looks into to find its rows: they are erased after it. */
const looksInto = ({ where }: Rule): string[] =>
  [...where.matchAll(/\b(?:from|join)\s+"?([a-z_]+)"?/gi)].map(([, table]) => table!);

/**
 * The tables that have something to do, children before parents, and whoever looks into another one before it.
 * @throws when that is a circle.
 */
export function inOrder(
  rulesOf: Kind | ((of: PrivacyOfTable) => Rule[]),
  declared: readonly Declared[],
  references: readonly { child: string; parent: string }[],
): Declared[] {
  const rules = typeof rulesOf === "string" ? (of: PrivacyOfTable) => rulesFor(rulesOf, of) : rulesOf;
  const waiting = new Map(
    declared
      .filter((one) => rules(one).length > 0)
      .sort((a, b) => (a.table < b.table ? -1 : 1))
      .map((one) => [one.table, one]),
  );
  const before = references
    .filter(({ child, parent }) => child !== parent)
    .map(({ child, parent }) => ({ first: child, then: parent }))
    .concat(
      [...waiting.values()].flatMap((one) =>
        rules(one).flatMap((rule) => looksInto(rule).map((then) => ({ first: one.table, then }))),
      ),
    );
  const sorted: Declared[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].find(
      ({ table }) => !before.some(({ first, then }) => then === table && waiting.has(first)),
    );
    if (!free) throw new Error(`no order to erase in: ${[...waiting.keys()].join()}`);
    waiting.delete(free.table);
    sorted.push(free);
  }
  return sorted;
}

/** Steps of an erasure by name. Each is idempotent, and its end is written down with its count. */
export const stepNames = (
  kind: Kind,
  ordered: readonly Declared[],
  searched: readonly string[],
): string[] => [
  ...(kind === "person" ? ["organizations"] : []),
  "billing",
  "access",
  "objects",
  ...(kind === "person" ? ["log"] : []),
  ...ordered.map(({ table }) => `rows:${table}`),
  "mail",
  ...searched.map((table) => `search:${table}`),
  "search-objects",
  "certificate",
];

const LABELS: Record<string, string> = {
  organizations: "Organizations of theirs alone deleted",
  billing: "Payments ended",
  access: "Sessions, keys, webhooks and jobs ended",
  objects: "Files removed",
  log: "Audit log emptied of what names them",
  rows: "Rows removed or emptied, table by table",
  mail: "Told by mail",
  search: "Every column searched for what is left",
  "search-objects": "Every file searched for what is left",
  certificate: "Certificate written",
};
const headOf = (name: string) => name.split(":")[0]!;

/** Steps as a person sees them: those of the tables as one line each. */
export function shownSteps(steps: readonly { name: string; count: number; isDone: boolean }[]) {
  const shown = new Map<string, { label: string; count: number; isDone: boolean }>();
  for (const { name, count, isDone } of steps) {
    const head = headOf(name);
    const before = shown.get(head);
    shown.set(head, {
      label: LABELS[head] ?? head,
      count: (before?.count ?? 0) + count,
      isDone: (before?.isDone ?? true) && isDone,
    });
  }
  return [...shown.values()];
}

// ─── The search for what is left ───

type Hit = { table: string; column: string; what: Finding["what"]; count: number };

/**
 * What a hit means. An id may stay where its slice says so; a name or address may stand in what organizations write down
 * about others, or be a namesake's; everything else was left, and must not have been.
 */
export function judge(
  kind: Kind,
  hit: Hit,
  declared: PrivacyOfTable | undefined,
  hasNamesake: boolean,
): Omit<Finding, "where"> {
  const { what, count, column } = hit;
  const told = (verdict: Finding["verdict"], why: string) => ({ what, count, verdict, why });
  if (what === "id") {
    const reason =
      kind === "person"
        ? declared?.person.ids?.[column]
        : declared && isKept(declared.org.erase)
          ? declared.org.erase.kept
          : undefined;
    if (reason) return told("kept", reason);
  }
  if (what !== "id" && declared?.others) return told("others", declared.others);
  // Copies of records, from which all that leads to the address is gone already.
  if (what === "name" && declared?.person.erase.some(({ where }) => where.includes("IN lower(t.")))
    return told("others", "A name in a copy of what organizations wrote; nothing leads from it to anybody.");
  if (what === "name" && hasNamesake)
    return told("others", "Somebody else, who is still here, is called the same.");
  return told("left", "Nothing says why this is here.");
}

/** Where lies beyond the reach of a deletion, and what is true there. */
export const BEYOND: { what: string; words: string }[] = [
  {
    what: "Backups",
    words:
      "Encrypted backups hold the state of earlier days. Whoever runs the platform has them overwritten after 35 days at the latest; they are never read but to restore everything, and a restored one is erased anew by this certificate's request.",
  },
  {
    what: "Logs and traces",
    words:
      "Hold ids, never a name, an address or a mail address; whoever runs the platform has them removed after 30 days.",
  },
  {
    what: "The engine of durable work (Inngest)",
    words: "Was only ever given ids, counters and codes.",
  },
  {
    what: "Records under a lock",
    words: "The usage ledger's daily files hold ids and numbers, and cannot be removed before their time.",
  },
  {
    what: "Stripe",
    words:
      "Invoices that were written stay at Stripe and in the accounts for ten years, and their customer goes with the last of them; a customer without any was deleted there.",
  },
  {
    what: "Mails, webhooks and files that left",
    words: "What was sent to others, or downloaded, is with whoever has it.",
  },
  {
    what: "Exports of organizations",
    words: "Files that members exported before are removed 7 days after they were written.",
  },
];

export type DoneStep = { name: string; count: number; found: readonly Finding[] };

const untilOf = ({ until }: Kept): string => RETENTION[until].words;

/** One part of a certificate, from the steps as they were counted. */
export function certificatePart(
  kind: Kind,
  subjectId: string,
  steps: readonly DoneStep[],
  declared: readonly Declared[],
): CertificatePart {
  const byTable = new Map(declared.map((one) => [one.table, one]));
  const counted = (name: string) => steps.find((step) => step.name === name)?.count ?? 0;
  const findings = steps.flatMap(({ found }) => found);
  const searched = steps.filter(({ name }) => name.startsWith("search:"));
  const rows = steps.filter(({ name, count }) => name.startsWith("rows:") && count > 0);
  const erased: CertificatePart["erased"] = rows.map(({ name, count }) => {
    const table = name.slice("rows:".length);
    const rules = rulesFor(kind, byTable.get(table)!);
    return { what: table, count, how: rules.every(({ then }) => then === "delete") ? "removed" : "emptied" };
  });
  if (counted("objects") > 0) erased.unshift({ what: "files", how: "removed", count: counted("objects") });
  if (counted("log") > 0)
    erased.push({ what: "details of the audit log", how: "removed", count: counted("log") });
  const kept =
    kind === "organization"
      ? declared.flatMap(({ table, org }) =>
          isKept(org.erase) ? [{ what: table, why: org.erase.kept, until: untilOf(org.erase) }] : [],
        )
      : findings
          .filter(({ verdict }) => verdict === "kept")
          .map(({ where, why }) => ({
            what: where,
            why: `An id without a person behind it: ${why}.`,
            until: "as long as the row it stands in",
          }));
  return {
    kind,
    subjectId,
    erased,
    kept,
    search: {
      tables: searched.length,
      columns: searched.reduce((sum, { count }) => sum + count, 0),
      objects: counted("search-objects"),
      isClean: findings.every(({ verdict }) => verdict !== "left"),
      findings,
    },
  };
}

/** Text that a pattern of LIKE takes literally. */
export const literally = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

/** A name as whole words, whatever its case, for Postgres' and for JavaScript's expressions. */
const quoted = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
export const namePattern = (names: readonly string[]): string | null =>
  names.length === 0 ? null : `(?:^|[^[:alnum:]])(?:${names.map(quoted).join("|")})(?:$|[^[:alnum:]])`;

/** A single short word would be found in everybody's texts. */
export const isTelling = (name: string): boolean => name.trim().length >= 4;

/** What of the sought a text holds. */
export function seenIn(
  text: string,
  sought: { ids: readonly string[]; addresses: readonly string[]; names: readonly string[] },
): Finding["what"][] {
  const low = text.toLowerCase();
  const has = (words: readonly string[]) => words.some((word) => low.includes(word.toLowerCase()));
  const isNamed = sought.names.some((name) =>
    new RegExp(`(?:^|[^\\p{L}\\p{N}])${quoted(name)}(?:$|[^\\p{L}\\p{N}])`, "iu").test(text),
  );
  return [
    ...(has(sought.ids) ? (["id"] as const) : []),
    ...(has(sought.addresses) ? (["address"] as const) : []),
    ...(isNamed ? (["name"] as const) : []),
  ];
}
