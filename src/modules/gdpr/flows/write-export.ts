/** Writes a ZIP with everything about a person or an organization, straight into the object store. */
import { createHash } from "node:crypto";
import type { Trace } from "~/kernel/actor";
import { clock } from "~/kernel/clock";
import type { Privacy } from "~/kernel/privacy";
import { csvText } from "~/server/csv/list-export";
import { readSystem, withSystem } from "~/server/db/with-system";
import {
  abandonUpload,
  beginUpload,
  completeUpload,
  objectsIn,
  readObject,
  uploadPart,
  type Folder,
  type TenantObject,
} from "~/server/outbound/object-store";
import { zipOf, type WrittenEntry, type ZipEntry } from "../adapters/zip";
import { exportColumns, exportPage, personRow, type Whose } from "../queries/system";
import { exportPath, expiryOf, isNot } from "../rules";
import type { Subject } from "../service";

export const SIZES = {
  /** The object store takes no smaller part than 5 MiB but for the last, and 10,000 of them: 8 MiB at first, 64 MiB after. */
  partBytes: 8 * 1024 * 1024,
  laterPartBytes: 64 * 1024 * 1024,
  smallParts: 1_000,
  pageRows: 500,
};
export type Sizes = typeof SIZES;

type Writing = {
  exportId: string;
  subject: Subject;
  privacy: readonly Privacy[];
  trace: Trace;
  signal?: AbortSignal;
  sizes?: Sizes;
  /** Told after each page, with the rows so far; what it throws ends the writing. */
  onRows?: (rows: number) => Promise<void>;
  /** Told what is held in memory, in bytes. For the test that it stays bounded. */
  onHeld?: (bytes: number) => void;
};

export const folderOf = ({ kind, subjectId }: Subject): Folder =>
  kind === "person" ? { personId: subjectId } : { orgId: subjectId };

/** Writes the whole archive. Killed, it is written anew: a half-written one is never seen. @returns rows, bytes, digest. */
export async function writeArchive(
  writing: Writing,
): Promise<{ rows: number; sizeBytes: number; sha256: string }> {
  const { exportId, subject, trace, signal, sizes = SIZES } = writing;
  const object: TenantObject = { ...folderOf(subject), path: exportPath(exportId) };
  await abandonEarlier(object, exportId, trace);
  const uploadId = await beginUpload(object, "application/zip");
  await withSystem({ reason: "note the upload of an export", trace }, (scope) =>
    scope.db.dataExport.updateMany({ where: { id: exportId }, data: { uploadId } }),
  );
  const counted = { rows: 0 };
  const written: WrittenEntry[] = [];
  const archive = zipOf(await entriesOf(writing, counted, written), written, signal);
  const parts: { number: number; etag: string }[] = [];
  const hash = createHash("sha256");
  let held: Buffer[] = [];
  let heldBytes = 0;
  let sizeBytes = 0;
  const send = async () => {
    const number = parts.length + 1;
    parts.push({ number, etag: await uploadPart(object, uploadId, number, Buffer.concat(held)) });
    held = [];
    heldBytes = 0;
  };
  for await (const chunk of archive) {
    const bytes = chunk as Buffer;
    signal?.throwIfAborted();
    hash.update(bytes);
    held.push(bytes);
    heldBytes += bytes.length;
    sizeBytes += bytes.length;
    writing.onHeld?.(heldBytes);
    if (heldBytes >= (parts.length < sizes.smallParts ? sizes.partBytes : sizes.laterPartBytes)) await send();
  }
  if (heldBytes > 0) await send();
  await completeUpload(object, uploadId, parts, sizeBytes);
  return { rows: counted.rows, sizeBytes, sha256: hash.digest("hex") };
}

async function abandonEarlier(object: TenantObject, exportId: string, trace: Trace): Promise<void> {
  const row = await readSystem({ reason: "an export is written anew", trace }, (scope) =>
    scope.db.dataExport.findUnique({ where: { id: exportId }, select: { uploadId: true } }),
  );
  if (row?.uploadId) await abandonUpload(object, row.uploadId);
}

/** What the archive holds, in order: a page to read, tables, files, and the manifest that lists them. */
async function entriesOf(
  writing: Writing,
  counted: { rows: number },
  written: WrittenEntry[],
): Promise<ZipEntry[]> {
  const { subject, privacy, trace, sizes = SIZES } = writing;
  const { kind, subjectId } = subject;
  const at = { reason: "export everything about somebody", trace };
  const email = await readSystem(at, async (scope) =>
    kind === "person" ? ((await personRow(scope, subjectId))?.email ?? "") : "",
  );
  const whose: Whose = { id: subjectId, email };
  const rowsOf = new Map<string, number>();
  const left: { table: string; why: string }[] = [];
  const tables: ZipEntry[] = [];
  for (const { slice, tables: declared } of privacy) {
    for (const [table, of] of Object.entries(declared)) {
      const asked = (kind === "person" ? of.person : of.org).export;
      if (isNot(asked)) {
        left.push({ table, why: asked.not });
        continue;
      }
      const pages = (as: "json" | "cells") =>
        pagesOf({ table, where: asked, whose, secret: of.secret ?? [], as });
      tables.push(
        {
          path: `data/${slice}/${table}.json`,
          open: async function* () {
            yield "[";
            let rows = 0;
            for await (const { json } of pages("json")) {
              if (json.length > 0) yield `${rows === 0 ? "\n" : ",\n"}${json.join(",\n")}`;
              rows += json.length;
              counted.rows += json.length;
              await writing.onRows?.(counted.rows);
            }
            rowsOf.set(table, rows);
            yield "\n]\n";
          },
        },
        {
          path: `data/${slice}/${table}.csv`,
          open: async function* () {
            const { columns } = await readSystem(at, (scope) => exportColumns(scope, table, of.secret ?? []));
            yield csvText([columns.map(({ name }) => name)]);
            for await (const { cells } of pages("cells")) if (cells.length > 0) yield csvText(cells);
          },
        },
      );
    }
  }

  async function* pagesOf(asked: {
    table: string;
    where: string;
    whose: Whose;
    secret: readonly string[];
    as: "json" | "cells";
  }) {
    const found = await readSystem(at, (scope) => exportColumns(scope, asked.table, asked.secret));
    let after: string[] | null = null;
    do {
      const page: Awaited<ReturnType<typeof exportPage>> = await readSystem(at, (scope) =>
        exportPage(scope, { ...asked, ...found, after, limit: sizes.pageRows }),
      );
      yield page;
      after = page.last;
    } while (after !== null);
  }

  const files: ZipEntry[] = [];
  // Their own files only: a person's folder holds nothing but exports, and an organization's exports are copies.
  if (kind === "organization")
    for await (const { path } of objectsIn({ orgId: subjectId }))
      if (!path.startsWith("exports/"))
        files.push({
          path: `files/${path}`,
          open: async function* () {
            for await (const chunk of await readObject({ orgId: subjectId, path })) yield chunk as Buffer;
          },
        });

  const startedAt = clock.now();
  const readme: ZipEntry = {
    path: "README.txt",
    open: async function* () {
      yield readmeOf(subject, startedAt, left);
    },
  };
  const manifest: ZipEntry = {
    path: "manifest.json",
    open: async function* () {
      yield `${JSON.stringify(
        {
          version: 1,
          kind,
          subjectId,
          startedAt: startedAt.toISOString(),
          writtenAt: clock.now().toISOString(),
          rows: Object.fromEntries(rowsOf),
          notIncluded: left,
          files: [...written],
        },
        null,
        2,
      )}\n`;
    },
  };
  return [readme, ...tables, ...files, manifest];
}

const readmeOf = (
  { kind, subjectId }: Subject,
  at: Date,
  left: readonly { table: string; why: string }[],
): string => `Everything Tenantry holds about ${kind === "person" ? "you" : "this organization"}
${kind} ${subjectId}, begun ${at.toISOString()} (UTC)

data/      one file a table, twice: .json as the database writes it, .csv for spreadsheets.
           Instants are UTC, amounts are decimals, cells of a CSV that begin with = + - or @ have a ' before them.
files/     what was uploaded, under its own path.
manifest.json   how many rows each table has, and size and SHA-256 of every file here, to check that all arrived.

The tables were read one after the other while the platform was in use: what changed meanwhile may stand in one and not
yet in another. Secrets, and digests of secrets, are in none.

Not included, and why:
${left.map(({ table, why }) => `- ${table}: ${why}`).join("\n")}
`;

/** Notes that it is there, until its time is over. */
export const finishExport = (
  { exportId, trace }: { exportId: string; trace: Trace },
  { rows, sizeBytes, sha256 }: { rows: number; sizeBytes: number; sha256: string },
): Promise<Date> =>
  withSystem({ reason: "an export is written", trace }, async ({ db }) => {
    const finishedAt = clock.now();
    const expiresAt = expiryOf(finishedAt);
    await db.dataExport.updateMany({
      where: { id: exportId, state: "running" },
      data: {
        state: "finished",
        finishedAt,
        expiresAt,
        rowsWritten: rows,
        sizeBytes,
        sha256,
        uploadId: null,
        claimedUntil: null,
      },
    });
    return expiresAt;
  });
