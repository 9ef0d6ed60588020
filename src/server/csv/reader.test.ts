import { parse } from "csv-parse/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import type { TextEncoding } from "~/kernel/delimited-text";
import { CsvReader, MAX_RECORD_BYTES, type CsvRecord, type Dialect } from "./reader";

const COMMA: Dialect = { encoding: "utf-8", delimiter: "," };

/** Reads `bytes` in chunks that end at the given places. */
function readAll(bytes: Buffer, dialect: Dialect = COMMA, cuts: number[] = []): CsvRecord[] {
  const reader = new CsvReader(dialect, { offset: 0, line: 1 });
  const ends = [...new Set(cuts.filter((cut) => cut < bytes.length))].toSorted((a, b) => a - b);
  let from = 0;
  const records: CsvRecord[] = [];
  for (const until of [...ends, bytes.length]) {
    records.push(...reader.take(bytes.subarray(from, until), until === bytes.length));
    from = until;
  }
  return records;
}
const cellsOf = (text: string, dialect?: Dialect) =>
  readAll(Buffer.from(text), dialect).map((record) => record.cells);

describe("cells", () => {
  it("takes quoted delimiters, doubled quotes and line breaks as text", () => {
    expect(cellsOf('a,"b,c","say ""hi""","two\r\nlines"\r\nx,,')).toEqual([
      ["a", "b,c", 'say "hi"', "two\r\nlines"],
      ["x", "", ""],
    ]);
  });

  it("takes what stands between a closing quote and the delimiter as it is, and quotes within a bare cell", () => {
    expect(cellsOf('"a"b,5" pipe\n')).toEqual([["ab", '5" pipe']]);
  });

  it("ends a line at LF, CR LF and CR, mixed in one file", () => {
    expect(cellsOf("a\nb\r\nc\rd")).toEqual([["a"], ["b"], ["c"], ["d"]]);
  });

  it("ends without a line break, with one, and with an empty last cell", () => {
    expect(cellsOf("a,b")).toEqual([["a", "b"]]);
    expect(cellsOf("a,b\n")).toEqual([["a", "b"]]);
    expect(cellsOf("a,")).toEqual([["a", ""]]);
    expect(cellsOf("")).toEqual([]);
  });

  it("reads what csv-parse reads, whatever stands in the cells", () => {
    const cell = fc.string({ unit: fc.constantFrom("a", "é", "漢", ",", '"', "\n", "\r\n", " ", ";") });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (cells) => {
        const text = cells
          .map((row) => row.map((it) => `"${it.replaceAll('"', '""')}"`).join(","))
          .join("\n");
        expect(cellsOf(text)).toEqual(parse(text, { relax_column_count: true }));
        expect(cellsOf(text)).toEqual(cells);
      }),
    );
  });
});

describe("places", () => {
  it("counts lines as an editor does, line breaks inside quotes included", () => {
    const records = readAll(Buffer.from('h\n"a\r\nb\rc\nd",2\r\nlast'));
    expect(records.map(({ line, lastLine }) => [line, lastLine])).toEqual([
      [1, 1],
      [2, 5],
      [6, 6],
    ]);
  });

  const texts = fc.string({
    unit: fc.constantFrom("a", "é", "漢", "😀", "Ⰰ", "一", ",", '"', "\n", "\r", "\r\n", "|"),
    maxLength: 60,
  });
  const encodings: TextEncoding[] = ["utf-8", "utf-16le", "utf-16be", "gb18030"];

  it.each(encodings)("reads %s the same in one piece and in any pieces", (encoding) => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(240)), (text, cuts) => {
        const bytes = iconv.encode(text, encoding);
        const dialect = { encoding, delimiter: "," };
        expect(readAll(bytes, dialect, cuts)).toEqual(readAll(bytes, dialect));
      }),
      { numRuns: 300 },
    );
  });

  it.each(encodings)("goes on from the end of any record of %s as if it had never stopped", (encoding) => {
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = iconv.encode(text, encoding);
        const dialect = { encoding, delimiter: "," };
        const whole = readAll(bytes, dialect);
        for (const [i, { until, lastLine }] of whole.entries()) {
          const reader = new CsvReader(dialect, { offset: until, line: lastLine + 1 });
          expect([...reader.take(bytes.subarray(until), true)]).toEqual(whole.slice(i + 1));
        }
        expect(whole.at(-1)?.until ?? 0).toBe(bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it("is not misled by delimiter bytes that stand across two characters of UTF-16", () => {
    const dialect: Dialect = { encoding: "utf-16le", delimiter: "," };
    expect(readAll(Buffer.from("Ⰰ一,2\nU+0A00਀一,3", "utf16le"), dialect).map(({ cells }) => cells)).toEqual([
      ["Ⰰ一", "2"],
      ["U+0A00਀一", "3"],
    ]);
  });
});

describe("files that are not what they should be", () => {
  it("gives up the line with a quote that is never closed, and reads the lines after it", () => {
    const records = readAll(Buffer.from('a,1\n"b,2\nc,3\n'));
    expect(records.map(({ line, cells, problem }) => ({ line, cells, problem }))).toEqual([
      { line: 1, cells: ["a", "1"], problem: undefined },
      { line: 2, cells: ['"b,2\n'], problem: "unclosed_quote" },
      { line: 3, cells: ["c", "3"], problem: undefined },
    ]);
  });

  it("does not look for the closing quote further than a record may be long", () => {
    const filler = "filler line of some length\n".repeat(MAX_RECORD_BYTES / 20);
    const bytes = Buffer.from(`"never closed\n${filler}`);
    const records = readAll(bytes, COMMA, [7, 65_536, 200_000, MAX_RECORD_BYTES + 3]);
    expect(records[0]).toMatchObject({ line: 1, problem: "unclosed_quote", until: 14 });
    expect(records.length).toBe(1 + MAX_RECORD_BYTES / 20);
    expect(records.slice(1).every((record) => !record.problem)).toBe(true);
  });

  it.each(["utf-8", "utf-16le", "utf-16be"] as const)(
    "passes over one endless line of %s without keeping it, and reads on behind it",
    (encoding) => {
      const text = `head\n${"x".repeat(MAX_RECORD_BYTES * 2)}\r\ntail\n`;
      const bytes = iconv.encode(text, encoding);
      const cuts = Array.from({ length: 80 }, (_, i) => (i + 1) * 50_001);
      const records = readAll(bytes, { encoding, delimiter: "," }, cuts);
      expect(records.map(({ line, cells, problem }) => [line, cells[0], problem])).toEqual([
        [1, "head", undefined],
        [2, undefined, "too_long"],
        [3, "tail", undefined],
      ]);
      expect(records.at(-1)!.until).toBe(bytes.length);
    },
  );

  it("ends an endless line at a lone CR even where a chunk ends", () => {
    const long = "x".repeat(MAX_RECORD_BYTES + 10);
    const bytes = Buffer.from(`${long}\rnext\n`);
    const records = readAll(bytes, COMMA, [MAX_RECORD_BYTES + 5, long.length + 1]);
    expect(records.map(({ line, cells }) => [line, cells[0]])).toEqual([
      [1, undefined],
      [2, "next"],
    ]);
  });

  it("passes over an endless line that the file ends in", () => {
    const records = readAll(Buffer.from("x".repeat(MAX_RECORD_BYTES + 10)), COMMA, [MAX_RECORD_BYTES + 5]);
    expect(records).toMatchObject([{ line: 1, problem: "too_long", until: MAX_RECORD_BYTES + 10 }]);
  });

  it("says which record is not valid text, and shows it as well as it can", () => {
    const bytes = Buffer.concat([Buffer.from("ok\ncaf"), Buffer.from([0xe9]), Buffer.from(",x\nok\n")]);
    expect(readAll(bytes).map(({ cells, problem }) => [cells[0], problem])).toEqual([
      ["ok", undefined],
      ["caf\ufffd", "not_text"],
      ["ok", undefined],
    ]);
    const halfPair = Buffer.concat([Buffer.from("a,", "utf16le"), Buffer.from([0x00, 0xd8])]);
    expect(readAll(halfPair, { encoding: "utf-16le", delimiter: "," })[0]!.problem).toBe("not_text");
    const halfUnit = Buffer.concat([Buffer.from("a,b", "utf16le"), Buffer.from([0x41])]);
    expect(readAll(halfUnit, { encoding: "utf-16le", delimiter: "," })[0]!.problem).toBe("not_text");
  });

  it("takes a row of a so far plain file as Windows-1252 where it is not UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("é\n"), Buffer.from([0xe9, 0x0a])]);
    const records = readAll(bytes, { encoding: "ascii", delimiter: "," });
    expect(records.map(({ cells, problem }) => [cells[0], problem])).toEqual([
      ["é", undefined],
      ["é", undefined],
    ]);
  });
});
