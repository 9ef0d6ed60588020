/** A record's timeline: events and notes with the names a person knows. */
import { z } from "zod";
import { notFound } from "~/kernel/errors";
import { cutPage } from "~/kernel/paging";
import type { TenantReadScope } from "~/server/db/with-tenant";
import { cursorInvalid } from "../errors";
import { memberNames } from "../queries";
import { timelineRows, type TimelineRow } from "../queries/timeline";
import { contactName, countryName, type TagTone } from "../rules";
import type { RecordRef, Tag, TimelineInput, TimelineItem } from "../schema";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
const cursorOf = ({ at, id }: TimelineRow) =>
  Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");

function afterOf(cursor: string | null | undefined) {
  if (!cursor) return null;
  try {
    const [at, id] = Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { at, id };
  } catch {
    throw cursorInvalid();
  }
}

/** The latest first. @throws kernel.not_found, crm.cursor_invalid. */
export async function timelinePage(
  scope: TenantReadScope,
  { of, cursor, limit }: TimelineInput,
): Promise<{ items: TimelineItem[]; nextCursor: string | null }> {
  const [isThere, rows] = await Promise.all([
    of.kind === "company"
      ? scope.db.company.count({ where: { id: of.id } })
      : scope.db.contact.count({ where: { id: of.id } }),
    timelineRows(scope, of, { after: afterOf(cursor), take: limit + 1 }),
  ]);
  if (isThere === 0) throw notFound(of.kind);
  const { items, nextCursor } = cutPage(rows, limit, cursorOf);
  const known = await namesIn(scope, of, items);
  return { items: items.map((row) => itemOf(row, of, known)), nextCursor };
}

type Names = {
  meId: string | null;
  members: Map<string, string>;
  companies: Map<string, string>;
  contacts: Map<string, string>;
  tags: Map<string, Tag>;
  imports: Map<string, string>;
};

/** Companies speak of contacts, contacts of companies, and a merge of one's own kind. */
const otherKind = (of: RecordRef, kind: TimelineRow["kind"]): RecordRef["kind"] => {
  if (kind !== "linked" && kind !== "unlinked") return of.kind;
  return of.kind === "company" ? "contact" : "company";
};

const idsOf = (values: unknown[]): string[] => [
  ...new Set(values.filter((value): value is string => typeof value === "string")),
];

async function namesIn(scope: TenantReadScope, of: RecordRef, rows: TimelineRow[]): Promise<Names> {
  const { db, actor } = scope;
  const values = (field: string) =>
    rows.flatMap(({ detail }) => [detail.before?.[field], detail.after?.[field]]);
  const others = (kind: RecordRef["kind"]) =>
    rows.filter((row) => otherKind(of, row.kind) === kind).map(({ detail }) => detail.otherId);
  const asked = {
    members: idsOf([...rows.map(({ actorId }) => actorId), ...values("ownerId")]),
    companies: idsOf([...others("company"), ...values("companyId")]),
    contacts: idsOf(others("contact")),
    tags: idsOf(rows.map(({ detail }) => detail.tagId)),
    imports: idsOf(rows.map(({ detail }) => detail.importId)),
  };
  // Also deleted ones: a line of the past goes on saying whom it is about, until they are gone for good.
  const among = (ids: string[]) => ({ orgId: actor.orgId, id: { in: ids }, deletedAt: undefined });
  const select = { id: true, name: true };
  const [members, companies, contacts, tags, imports] = await Promise.all([
    asked.members.length > 0 ? memberNames(scope, asked.members) : new Map<string, string>(),
    asked.companies.length > 0 ? db.company.findMany({ where: among(asked.companies), select }) : [],
    asked.contacts.length > 0
      ? db.contact.findMany({
          where: among(asked.contacts),
          select: { id: true, firstName: true, lastName: true, email: true },
        })
      : [],
    asked.tags.length > 0
      ? db.tag.findMany({ where: among(asked.tags), select: { ...select, tone: true } })
      : [],
    asked.imports.length > 0
      ? db.import.findMany({
          where: { orgId: actor.orgId, id: { in: asked.imports } },
          select: { id: true, fileName: true },
        })
      : [],
  ]);
  return {
    meId: actor.userId,
    members,
    companies: new Map(companies.map(({ id, name }) => [id, name])),
    contacts: new Map(contacts.map((contact) => [contact.id, contactName(contact)])),
    tags: new Map(tags.map(({ id, name, tone }) => [id, { id, name, tone: tone as TagTone }])),
    imports: new Map(imports.map(({ id, fileName }) => [id, fileName])),
  };
}

function itemOf({ id, kind, at, actorId, detail }: TimelineRow, of: RecordRef, names: Names): TimelineItem {
  const { before = {}, after = {}, body, updatedAt, tagId, importId, otherId, others = 0 } = detail;
  const other = otherKind(of, kind);
  const otherName =
    otherId === undefined ? undefined : (other === "company" ? names.companies : names.contacts).get(otherId);
  const fileName = importId === undefined ? undefined : names.imports.get(importId);
  const writtenAt = new Date(updatedAt ?? at);
  return {
    id,
    kind,
    at,
    by:
      actorId === null
        ? null
        : { id: actorId, name: names.members.get(actorId) ?? null, isMe: actorId === names.meId },
    changes:
      kind === "changed"
        ? Object.keys(after).map((field) => ({
            field,
            before: shown(field, before[field], names),
            after: shown(field, after[field], names),
          }))
        : [],
    note: body === undefined ? null : { body, updatedAt: writtenAt, isEdited: writtenAt > at },
    record: otherName === undefined ? null : { kind: other, id: otherId!, name: otherName, others },
    tag: tagId === undefined ? null : (names.tags.get(tagId) ?? null),
    import: fileName === undefined ? null : { id: importId!, fileName },
  };
}

/** A value as the page shows it. */
function shown(field: string, value: unknown, names: Names): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value);
  if (field === "ownerId") return names.members.get(text) ?? "A former member";
  if (field === "companyId") return names.companies.get(text) ?? "A company that is gone";
  if (field === "countryCode") return countryName(text, "en");
  if (field === "employeeCount") return Number(text).toLocaleString("en");
  return text;
}
