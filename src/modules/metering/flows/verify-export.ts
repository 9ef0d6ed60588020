/** Whether what lies in the locked bucket is the ledger: files against their manifests, the chain in them, and the database. */
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { Trace } from "~/kernel/actor";
import { seals, sha256 } from "~/server/chain/links";
import { readSystem } from "~/server/db/with-system";
import { headRecord, readRecord } from "~/server/outbound/locked-store";
import { organizationsToExport, sealHashes, writtenExports, type WrittenExport } from "../queries/exports";
import { digestParts, exportKeys, exportManifest } from "../rules";
import { ExportedLine, ExportManifest } from "../schema";

export type ExportFinding = {
  orgId: string;
  kind:
    | "file_missing"
    | "file_changed"
    | "manifest_changed"
    | "chain_broken"
    | "differs_from_ledger"
    | "not_exported";
  what: string;
};

const PAGE = 100;
const SEPARATOR = "\u001f";

/**
 * @param day YYYY-MM-DD for one day alone; null for all.
 * @returns how many files and lines were read, how many of the files have no lock, and what is wrong.
 */
export async function verifyExport(
  trace: Trace,
  day: string | null,
): Promise<{ files: number; lines: number; unlocked: number; findings: ExportFinding[] }> {
  const asked = { reason: "verify the export of the ledger", trace };
  const findings: ExportFinding[] = [];
  let [files, lines, unlocked] = [0, 0, 0];
  let last: WrittenExport | null = null;
  for (;;) {
    const page: WrittenExport[] = await readSystem(asked, (scope) =>
      writtenExports(scope, last, PAGE, day === null ? null : new Date(`${day}T00:00:00Z`)),
    );
    for (const file of page) {
      const seen = await examineFile(file, trace);
      findings.push(...seen.findings);
      files++;
      lines += seen.lines;
      if (!seen.isLocked) unlocked++;
    }
    last = page.at(-1) ?? null;
    if (page.length < PAGE) break;
  }
  if (day === null)
    for (const orgId of await readSystem(asked, (scope) => organizationsToExport(scope, null, 1_000)))
      findings.push({ orgId, kind: "not_exported", what: "entries of a day that has ended lie in no file" });
  return { files, lines, unlocked, findings };
}

async function examineFile(file: WrittenExport, trace: Trace) {
  const { orgId, firstSeq, lastSeq, head, removedFrom } = file;
  const keys = exportKeys(file);
  const findings: ExportFinding[] = [];
  const find = (kind: ExportFinding["kind"], what: string) => findings.push({ orgId, kind, what });
  let lines = 0;
  const [body, manifest, kept] = await Promise.all([
    readRecord(keys.file),
    readRecord(keys.manifest),
    headRecord(keys.file),
  ]);
  if (!body || !manifest) {
    find("file_missing", `${body ? keys.manifest : keys.file} is gone`);
    return { findings, lines, isLocked: false };
  }
  const known = new Map(
    (
      await readSystem({ reason: "verify the export of the ledger", trace }, (scope) =>
        sealHashes(scope, orgId, firstSeq, lastSeq),
      )
    ).map(({ seq, hash }) => [Number(seq), hash]),
  );
  const whole = createHash("sha256");
  let bytes = 0;
  body.on("data", (part: Buffer) => {
    whole.update(part);
    bytes += part.byteLength;
  });
  let before = file.previous?.head ?? "";
  let seq = Number(firstSeq);
  for await (const words of createInterface({ input: body, crlfDelay: Infinity })) {
    lines++;
    const read = parsed(words);
    if (!read) {
      find("file_changed", `${keys.file}: line ${lines} is no entry`);
      break;
    }
    // The words of a correction stay in the database, so its digest is taken as it is: the chain seals it.
    if (read.corrects_id === null && sha256(digestParts(read).join(SEPARATOR)) !== read.digest)
      find("file_changed", `${keys.file}: entry ${read.id} is not what its digest says`);
    const isNext = read.seq === seq && read.prev_hash === before;
    const seal = { seq: BigInt(read.seq), prevHash: read.prev_hash, hash: read.hash };
    if (!isNext || !seals(seal, { id: read.id, digest: read.digest }))
      find("chain_broken", `${keys.file}: seal ${read.seq} does not follow`);
    const isRemoved = removedFrom !== null && read.seq >= Number(removedFrom);
    if (known.get(read.seq) !== (isRemoved ? undefined : read.hash))
      find("differs_from_ledger", `${keys.file}: the ledger has another seal ${read.seq}`);
    before = read.hash;
    seq = read.seq + 1;
    if (findings.length > 20) break;
  }
  if (findings.length === 0) {
    if (before !== head || seq !== Number(lastSeq) + 1)
      find("chain_broken", `${keys.file} ends at seal ${seq - 1}, not ${lastSeq}`);
    const digest = whole.digest("hex");
    if (digest !== file.sha256) find("file_changed", `${keys.file} is not what was written`);
    const wanted = exportManifest(file, { bytes, sha256: digest });
    const told = ExportManifest.safeParse(JSON.parse((await text(manifest)) || "null"));
    if (!told.success || JSON.stringify(told.data) !== JSON.stringify(wanted))
      find("manifest_changed", `${keys.manifest} says something else than its file`);
  }
  return { findings, lines, isLocked: kept?.lockedUntil !== null && kept !== null };
}

function parsed(words: string): ExportedLine | null {
  try {
    return ExportedLine.parse(JSON.parse(words));
  } catch {
    return null;
  }
}
