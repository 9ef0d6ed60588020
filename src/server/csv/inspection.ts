/** What kind of file the first part of it shows: not a text at all, or in which encoding and with which delimiter. */
import { DELIMITERS, type Delimiter, type TextEncoding } from "~/kernel/delimited-text";
import { CsvReader, MAX_RECORD_BYTES, type CsvRecord } from "./reader";
import { detectEncoding, unitBytes } from "./text-encoding";

/** Why a file cannot be read as delimited text. */
export type NotCsv =
  | { kind: "empty" }
  | {
      kind: "format";
      /** What it is, with its article: "a PDF document". */ format: string;
      isSpreadsheet: boolean;
    }
  | { kind: "zero_bytes" }
  | { kind: "endless_line" };

export type Inspected = {
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** Byte where the first record begins: behind a byte order mark and Excel's line `sep=;`. */
  dataOffset: number;
  /** Line of the first record, 1-based. */
  dataLine: number;
  /** The first records, blank lines left out. */
  records: CsvRecord[];
};

/** How much of a file is looked at, and how much when that holds no whole line. */
export const SAMPLE_BYTES = 256 * 1024;
export const LONG_SAMPLE_BYTES = MAX_RECORD_BYTES + 64 * 1024;
const SAMPLE_RECORDS = 200;

const SIGNATURES: { bytes: number[]; format: string; isSpreadsheet?: true }[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], format: "a PNG image" },
  { bytes: [0xff, 0xd8, 0xff], format: "a JPEG image" },
  { bytes: [0x47, 0x49, 0x46, 0x38], format: "a GIF image" },
  { bytes: [0x25, 0x50, 0x44, 0x46], format: "a PDF document" },
  { bytes: [0x1f, 0x8b], format: "a compressed file (gzip)" },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], format: "a compressed file (7z)" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], format: "an Excel workbook", isSpreadsheet: true },
];
const ZIP = [0x50, 0x4b];

function foreignFormat(sample: Buffer): { format: string; isSpreadsheet: boolean } | null {
  const startsWith = (bytes: number[]) => bytes.every((byte, i) => sample[i] === byte);
  const known = SIGNATURES.find(({ bytes }) => startsWith(bytes));
  if (known) return { format: known.format, isSpreadsheet: known.isSpreadsheet ?? false };
  if (startsWith(ZIP) && sample[2]! < 9 && sample[3]! < 9) {
    const names = sample.subarray(0, 4096).toString("latin1");
    if (names.includes("xl/") || names.includes("[Content_Types].xml"))
      return { format: "an Excel workbook", isSpreadsheet: true };
    if (names.includes("opendocument.spreadsheet"))
      return { format: "an OpenDocument spreadsheet", isSpreadsheet: true };
    return { format: "a ZIP archive", isSpreadsheet: false };
  }
  const head = sample.subarray(0, 200).toString("latin1").trimStart().toLowerCase();
  if (/^(?:<!doctype html|<html)/.test(head)) return { format: "a web page", isSpreadsheet: false };
  if (head.startsWith("<?xml")) return { format: "an XML document", isSpreadsheet: false };
  return null;
}

/**
 * Looks at the beginning of a file. `isWhole`: the sample is all of it. `chosen` overrules what would be found.
 */
export function inspectCsv(
  sample: Buffer,
  isWhole: boolean,
  chosen: { encoding?: TextEncoding; delimiter?: Delimiter } = {},
): Inspected | { refused: NotCsv } {
  if (sample.length === 0) return { refused: { kind: "empty" } };
  const foreign = foreignFormat(sample);
  if (foreign) return { refused: { kind: "format", ...foreign } };
  const found = detectEncoding(sample);
  const encoding = chosen.encoding ?? found.encoding;
  if (unitBytes(encoding) === 1 && sample.includes(0)) return { refused: { kind: "zero_bytes" } };

  let dataOffset = found.markBytes;
  let dataLine = 1;
  let delimiter = chosen.delimiter;
  const read = (by: string) => {
    const reader = new CsvReader({ encoding, delimiter: by }, { offset: dataOffset, line: dataLine });
    const records = reader.take(sample.subarray(dataOffset), isWhole);
    const shown: CsvRecord[] = [];
    for (const record of records) {
      if (!isBlank(record)) shown.push(record);
      if (shown.length === SAMPLE_RECORDS) break;
    }
    return shown;
  };
  // Excel's own hint stands in the first line and names the delimiter.
  const [first] = read("\u0001");
  const hint = /^sep=([,;|\t])$/i.exec(first?.cells[0] ?? "");
  if (first && hint) {
    dataOffset = first.until;
    dataLine = first.lastLine + 1;
    delimiter ??= hint[1] as Delimiter;
  }
  delimiter ??= likeliestDelimiter((by) => read(by));
  const records = read(delimiter);
  if (records.length === 0) {
    return { refused: isWhole ? { kind: "empty" } : { kind: "endless_line" } };
  }
  if (records.length === 1 && records[0]!.problem === "too_long")
    return { refused: { kind: "endless_line" } };
  return { encoding, delimiter, dataOffset, dataLine, records };
}

/** Whether nothing stands on the line: passed over, not an error. */
export const isBlank = (record: CsvRecord): boolean =>
  !record.problem && record.cells.every((cell) => cell.trim() === "");

/** The delimiter that gives most rows the same number of cells, the more cells the better; a comma when none does. */
function likeliestDelimiter(read: (delimiter: Delimiter) => CsvRecord[]): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = read(delimiter).map((record) => record.cells.length);
    const counts = new Map<number, number>();
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
    for (const [width, count] of counts) {
      if (width < 2) continue;
      const score = (count / widths.length) ** 2 * Math.log2(width + 1);
      if (score > best.score + 1e-9) best = { delimiter, score };
    }
  }
  return best.delimiter;
}
