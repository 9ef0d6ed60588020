import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { inspectCsv, LONG_SAMPLE_BYTES, type Inspected } from "./inspection";
import { detectEncoding } from "./text-encoding";

const ROWS = "Name,City\nMüller,Zürich\nÉcole,Genève\n";
const inspected = (bytes: Buffer, isWhole = true, chosen = {}) =>
  inspectCsv(bytes, isWhole, chosen) as Inspected;
const refused = (bytes: Buffer, isWhole = true) =>
  (inspectCsv(bytes, isWhole) as { refused: object }).refused;

describe("encoding", () => {
  it.each([
    ["utf-8", Buffer.from(ROWS), 0],
    ["utf-8", Buffer.from(`\ufeff${ROWS}`), 3],
    ["utf-16le", iconv.encode(ROWS, "utf-16le", { addBOM: true }), 2],
    ["utf-16be", iconv.encode(ROWS, "utf-16be", { addBOM: true }), 2],
    ["utf-16le", iconv.encode(ROWS, "utf-16le"), 0],
    ["utf-16be", iconv.encode(ROWS, "utf-16be"), 0],
    ["windows-1252", iconv.encode(ROWS, "windows-1252"), 0],
    ["ascii", Buffer.from("Name,City\nMiller,Zurich\n"), 0],
  ])("finds %s, and reads its rows", (encoding, bytes, offset) => {
    const found = inspected(bytes);
    expect(found).toMatchObject({ encoding, dataOffset: offset, delimiter: "," });
    expect(found.records[0]!.cells).toEqual(["Name", "City"]);
    if (encoding !== "ascii") expect(found.records[1]!.cells).toEqual(["Müller", "Zürich"]);
  });

  it("takes a sample that ends within a character as UTF-8", () => {
    const bytes = Buffer.from("Name\nMüller\nZür");
    expect(detectEncoding(bytes.subarray(0, bytes.length - 2)).encoding).toBe("utf-8");
  });

  it("tells Cyrillic and Arabic single-byte text from western", () => {
    const russian = "Название,Город\nОбщество с ограниченной ответственностью,Москва\n".repeat(5);
    expect(detectEncoding(iconv.encode(russian, "windows-1251")).encoding).toBe("windows-1251");
    const arabic = "الشركة,المدينة\nشركة الخليج للتجارة والمقاولات العامة,الكويت\n".repeat(8);
    expect(detectEncoding(iconv.encode(arabic, "windows-1256")).encoding).toBe("windows-1256");
  });

  it("lets a person overrule what was found", () => {
    const found = inspected(iconv.encode(ROWS, "windows-1250"), true, { encoding: "windows-1250" });
    expect(found.encoding).toBe("windows-1250");
    expect(found.records[1]!.cells).toEqual(["Müller", "Zürich"]);
  });
});

describe("delimiter", () => {
  it.each([",", ";", "\t", "|"])("finds %j", (delimiter) => {
    const text = ["Name|Note".replace("|", delimiter), `A${delimiter}"x, y; z"`, `B${delimiter}2`].join("\n");
    const found = inspected(Buffer.from(text));
    expect(found.delimiter).toBe(delimiter);
    expect(found.records.map((record) => record.cells.length)).toEqual([2, 2, 2]);
  });

  it("finds the semicolon of a file whose numbers have commas", () => {
    expect(inspected(Buffer.from("a;b;c\n1,5;2,5;3,5\n1,0;2,0;3,0\n")).delimiter).toBe(";");
  });

  it("falls back to the comma for a single column", () => {
    expect(inspected(Buffer.from("Name\nAcme\n")).delimiter).toBe(",");
  });

  it("obeys Excel's first line sep=; and passes over it", () => {
    const found = inspected(Buffer.from("sep=;\r\na;b\r\n1;2\r\n"));
    expect(found).toMatchObject({ delimiter: ";", dataOffset: 7, dataLine: 2 });
    expect(found.records[0]).toMatchObject({ cells: ["a", "b"], line: 2 });
  });

  it("lets a person overrule what was found", () => {
    expect(inspected(Buffer.from("a,b;c\n"), true, { delimiter: ";" }).records[0]!.cells).toEqual([
      "a,b",
      "c",
    ]);
  });
});

describe("what is not a table", () => {
  const PK = (name: string) => Buffer.from(`PK\x03\x04............${name}`, "latin1");
  it.each([
    ["a PNG image", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), false],
    ["a JPEG image", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), false],
    ["a GIF image", Buffer.from("GIF89a"), false],
    ["a PDF document", Buffer.from("%PDF-1.7"), false],
    ["a compressed file (gzip)", Buffer.from([0x1f, 0x8b, 0x08]), false],
    ["a compressed file (7z)", Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), false],
    ["an Excel workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), true],
    ["an Excel workbook", PK("[Content_Types].xml"), true],
    ["an OpenDocument spreadsheet", PK("application/vnd.oasis.opendocument.spreadsheet"), true],
    ["a ZIP archive", PK("a.csv"), false],
    ["a web page", Buffer.from("  <!DOCTYPE html><html>"), false],
    ["an XML document", Buffer.from('<?xml version="1.0"?>'), false],
  ])("recognises %s", (format, bytes, isSpreadsheet) => {
    expect(refused(bytes)).toEqual({ kind: "format", format, isSpreadsheet });
  });

  it("takes names that merely begin like an archive", () => {
    expect(inspected(Buffer.from("PKW,Stadt\nx,y\n")).records).toHaveLength(2);
  });

  it("recognises nothing, and nothing but blank lines", () => {
    expect(refused(Buffer.alloc(0))).toEqual({ kind: "empty" });
    expect(refused(Buffer.from("\n , \n\r\n"))).toEqual({ kind: "empty" });
    expect(refused(Buffer.from([0xef, 0xbb, 0xbf]))).toEqual({ kind: "empty" });
  });

  it("recognises zero bytes in what is not UTF-16", () => {
    expect(refused(Buffer.from("Name,City\nAc\0me,Berlin\n"))).toEqual({ kind: "zero_bytes" });
  });

  it("recognises one endless line", () => {
    expect(refused(Buffer.alloc(LONG_SAMPLE_BYTES, "x"), false)).toEqual({ kind: "endless_line" });
    expect(refused(Buffer.alloc(LONG_SAMPLE_BYTES, "x"), true)).toEqual({ kind: "endless_line" });
  }, 60_000);
});
