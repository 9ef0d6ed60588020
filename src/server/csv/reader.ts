/**
 * Records of a CSV file as its bytes arrive, each with the byte it ends at, so that reading can go on from there later.
 * Made for files of strangers: line breaks may be mixed, a quote may never be closed, a line may be endless. Delimiters
 * are compared as whole code units: in UTF-16 the bytes of a comma also stand across two other characters.
 */
import { isUtf8 } from "node:buffer";
import type { TextEncoding } from "~/kernel/delimited-text";
import { decodeText, unitBytes } from "./text-encoding";

export type Dialect = { encoding: TextEncoding; /** One ASCII character. */ delimiter: string };

/** A record may be this long, line breaks inside quotes included; a longer one has lost its closing quote. */
export const MAX_RECORD_BYTES = 1_000_000;

export type RecordProblem =
  | "unclosed_quote" // a quote opens and does not close within `MAX_RECORD_BYTES`; reading goes on with the next line
  | "too_long" // one line longer than `MAX_RECORD_BYTES`; passed over
  | "not_text"; // bytes that are not valid in the encoding

export type CsvRecord = {
  cells: string[];
  /** First line of the record, 1-based, as an editor counts: CR LF, LF and CR each end a line. */
  line: number;
  /** Last line of the record. */
  lastLine: number;
  /** Byte of the file behind the record's line break: where the next one begins. */
  until: number;
  problem?: RecordProblem;
};

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const EMPTY = Buffer.alloc(0);

/** Where the cells of a record stand in the bytes at hand. */
type Scanned = { cells: Span[]; until: number; lineBreaks: number };
/** `isPieced`: a quoted cell with something to take out of it, to be read once more. */
type Span = { from: number; until: number; isPieced: boolean };

export class CsvReader {
  readonly #unit: 1 | 2;
  readonly #isBigEndian: boolean;
  readonly #delimiter: number;
  /** Bytes that came and belong to no finished record yet. */
  #pending: Buffer = EMPTY;
  /** File offset of the first pending byte. */
  #offset: number;
  #line: number;
  /** Within a line that was found too long: everything up to its end is dropped. */
  #isSkipping = false;

  /** `offset`: the byte of the file that the first chunk begins with; `line`: its line, 1-based. */
  constructor(
    private readonly dialect: Dialect,
    start: { offset: number; line: number },
  ) {
    this.#unit = unitBytes(dialect.encoding);
    this.#isBigEndian = dialect.encoding === "utf-16be";
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#offset = start.offset;
    this.#line = start.line;
  }

  /**
   * The records that end within what has come so far, made one by one as they are asked for, so that a block of rows
   * does not lie in memory twice. They must all be asked for before the next chunk. `isEnd`: the file ends with this one.
   */
  *take(chunk: Buffer, isEnd: boolean): Generator<CsvRecord, void> {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : chunk;
    let from = 0;
    for (;;) {
      const found = this.#isSkipping ? this.#skip(bytes, from, isEnd) : this.#next(bytes, from, isEnd);
      if (!found) break;
      from = found.until;
      yield found.record;
    }
    if (this.#isSkipping) from = this.#skippable(bytes);
    // A copy, so that a small rest does not keep a whole block alive.
    this.#pending = Buffer.from(bytes.subarray(from));
    this.#offset += from;
  }

  #next(bytes: Buffer, from: number, isEnd: boolean): { record: CsvRecord; until: number } | null {
    if (from >= bytes.length) return null;
    const scanned = this.#scan(bytes, from, isEnd);
    if (scanned === "unfinished") {
      const isTooLong = bytes.length - from > MAX_RECORD_BYTES;
      if (!isEnd && !isTooLong) return null;
      return this.#recover(bytes, from, isEnd);
    }
    if (scanned.until - from > MAX_RECORD_BYTES) return this.#recover(bytes, from, isEnd);
    return this.#finish(bytes, from, scanned);
  }

  /** What to do with a record that has no end: give up its first line only, since the lines after it may be sound. */
  #recover(bytes: Buffer, from: number, isEnd: boolean): { record: CsvRecord; until: number } | null {
    const end = this.#lineEnd(bytes, from, isEnd);
    if (end === null || end - from > MAX_RECORD_BYTES) {
      this.#isSkipping = true;
      return this.#skip(bytes, from, isEnd);
    }
    const record = this.#problem(end, 1, "unclosed_quote");
    record.cells = [this.#lossy(bytes.subarray(from, Math.min(end, from + 400)))];
    return { record, until: end };
  }

  #skip(bytes: Buffer, from: number, isEnd: boolean): { record: CsvRecord; until: number } | null {
    const end = this.#lineEnd(bytes, from, isEnd);
    if (end === null) return null;
    this.#isSkipping = false;
    return { record: this.#problem(end, 1, "too_long"), until: end };
  }

  #problem(end: number, lineBreaks: number, problem: RecordProblem): CsvRecord {
    const line = this.#line;
    this.#line += lineBreaks;
    return { cells: [], line, lastLine: this.#line - 1, until: this.#offset + end, problem };
  }

  #finish(bytes: Buffer, from: number, { cells, until, lineBreaks }: Scanned) {
    const line = this.#line;
    this.#line += lineBreaks;
    const record: CsvRecord = { cells: [], line, lastLine: this.#line - 1, until: this.#offset + until };
    const { encoding } = this.dialect;
    // UTF-8 is checked for the whole record at once; its cells can then be taken straight out of the bytes.
    const isPlain = (encoding === "utf-8" || encoding === "ascii") && isUtf8(bytes.subarray(from, until));
    for (const span of cells) {
      if (isPlain && !span.isPieced) {
        record.cells.push(bytes.toString("utf8", span.from, span.until));
        continue;
      }
      const cell = span.isPieced ? this.#unquoted(bytes, span) : bytes.subarray(span.from, span.until);
      const text = decodeText(cell, encoding);
      if (text === null) record.problem = "not_text";
      record.cells.push(text ?? this.#lossy(cell));
    }
    return { record, until };
  }

  /** Bytes of a cell that begins behind its opening quote: doubled quotes become one, the closing one goes. */
  #unquoted(bytes: Buffer, { from, until }: Span): Buffer {
    const unit = this.#unit;
    const parts: Buffer[] = [];
    let partStart = from;
    let isOpen = true;
    for (let at = from; isOpen && at + unit <= until; at += unit) {
      if (this.#at(bytes, at) !== QUOTE) continue;
      const isDoubled = at + 2 * unit <= until && this.#at(bytes, at + unit) === QUOTE;
      parts.push(bytes.subarray(partStart, isDoubled ? at + unit : at));
      if (isDoubled) at += unit;
      else isOpen = false;
      partStart = at + unit;
    }
    return Buffer.concat([...parts, bytes.subarray(partStart, until)]);
  }

  #lossy(bytes: Buffer): string {
    const { encoding } = this.dialect;
    return (
      decodeText(bytes, encoding) ?? new TextDecoder(encoding === "ascii" ? "utf-8" : encoding).decode(bytes)
    );
  }

  #at(bytes: Buffer, i: number): number {
    if (this.#unit === 1) return bytes[i]!;
    return this.#isBigEndian ? (bytes[i]! << 8) | bytes[i + 1]! : bytes[i]! | (bytes[i + 1]! << 8);
  }

  /** Cells of the record that begins at `from`, or that its end has not come yet. */
  #scan(bytes: Buffer, from: number, isEnd: boolean): Scanned | "unfinished" {
    const unit = this.#unit;
    // Half a code unit waits for its other half; at the end of the file it belongs to the last cell.
    const stop = bytes.length - ((bytes.length - from) % unit);
    const cells: Span[] = [];
    let lineBreaks = 1;
    let at = from;
    for (;;) {
      if (at >= stop && !isEnd) return "unfinished";
      let cellStart = at;
      let isPieced = false;
      let quoteEnd = -1;
      if (at < stop && this.#at(bytes, at) === QUOTE) {
        at += unit;
        cellStart = at;
        for (;;) {
          if (at >= stop) return "unfinished";
          const code = this.#at(bytes, at);
          if (code === QUOTE) {
            if (at + unit >= stop && !isEnd) return "unfinished";
            if (at + unit >= stop || this.#at(bytes, at + unit) !== QUOTE) break;
            isPieced = true;
            at += 2 * unit;
            continue;
          }
          if (code === CR || (code === LF && this.#at(bytes, at - unit) !== CR)) lineBreaks++;
          at += unit;
        }
        quoteEnd = at;
        at += unit;
      }
      const bareStart = at; // after a closing quote, whatever comes before the delimiter is taken as it stands
      let code = -1;
      while (at < stop) {
        code = this.#at(bytes, at);
        if (code === this.#delimiter || code === LF || code === CR) break;
        at += unit;
      }
      const isAtEnd = at >= stop;
      if (isAtEnd && !isEnd) return "unfinished";
      const bareEnd = isAtEnd ? bytes.length : at;
      const isQuotedOnly = quoteEnd >= 0 && bareEnd === bareStart && !isPieced;
      cells.push({
        from: cellStart,
        until: isQuotedOnly ? quoteEnd : bareEnd,
        isPieced: quoteEnd >= 0 && !isQuotedOnly,
      });
      if (isAtEnd) return { cells, until: bytes.length, lineBreaks };
      at += unit;
      if (code === this.#delimiter) continue;
      if (code === CR) {
        if (at >= stop && !isEnd) return "unfinished"; // its LF may come with the next chunk
        if (at < stop && this.#at(bytes, at) === LF) at += unit;
      }
      return { cells, until: at, lineBreaks };
    }
  }

  /** How much of a line without an end can be dropped: whole code units, but not a CR whose LF may still come. */
  #skippable(bytes: Buffer): number {
    const whole = bytes.length - (bytes.length % this.#unit);
    const last = whole - this.#unit;
    return last >= 0 && this.#at(bytes, last) === CR ? last : whole;
  }

  /** Index behind the next line break, or null when it has not come. */
  #lineEnd(bytes: Buffer, from: number, isEnd: boolean): number | null {
    const unit = this.#unit;
    const stop = bytes.length - ((bytes.length - from) % unit);
    for (let at = from; at < stop; at += unit) {
      const code = this.#at(bytes, at);
      if (code === LF) return at + unit;
      if (code !== CR) continue;
      const next = at + unit;
      if (next >= stop) return isEnd ? bytes.length : null;
      return this.#at(bytes, next) === LF ? next + unit : next;
    }
    return isEnd ? bytes.length : null;
  }
}
