/** Words for text files with a value per column, shared by who reads them and who chooses how. */

/**
 * Encodings that can be read. `ascii`: nothing but ASCII in the part that was looked at; each row is taken as UTF-8
 * where it is valid, else as Windows-1252, because the first accent may come late.
 */
export const TEXT_ENCODINGS = [
  "ascii",
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1251",
  "windows-1252",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "iso-8859-2",
  "iso-8859-15",
  "koi8-r",
  "shift_jis",
  "gb18030",
  "big5",
  "euc-kr",
] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

export const DELIMITERS = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof DELIMITERS)[number];
