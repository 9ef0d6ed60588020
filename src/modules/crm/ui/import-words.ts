import type { Delimiter, TextEncoding } from "~/kernel/delimited-text";
import type { ImportItem } from "../schema";

export const ENTITY_WORDS = {
  company: { one: "company", many: "companies", path: "companies" },
  contact: { one: "contact", many: "contacts", path: "contacts" },
} as const;

export const STATUS_WORDS: Record<ImportItem["status"], string> = {
  awaiting_upload: "No file yet",
  ready: "Ready to start",
  started: "Running",
  finished: "Finished",
  discarded: "Given up",
};

export const ENCODING_WORDS: Record<TextEncoding, string> = {
  ascii: "Automatic (UTF-8 or Western)",
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
  "windows-1250": "Central European (Windows-1250)",
  "windows-1251": "Cyrillic (Windows-1251)",
  "windows-1252": "Western (Windows-1252)",
  "windows-1253": "Greek (Windows-1253)",
  "windows-1254": "Turkish (Windows-1254)",
  "windows-1255": "Hebrew (Windows-1255)",
  "windows-1256": "Arabic (Windows-1256)",
  "iso-8859-2": "Central European (ISO 8859-2)",
  "iso-8859-15": "Western (ISO 8859-15)",
  "koi8-r": "Cyrillic (KOI8-R)",
  shift_jis: "Japanese (Shift JIS)",
  gb18030: "Chinese (GB 18030)",
  big5: "Chinese (Big5)",
  "euc-kr": "Korean (EUC-KR)",
};

export const DELIMITER_WORDS: Record<Delimiter, string> = {
  ",": "Comma ,",
  ";": "Semicolon ;",
  "\t": "Tab",
  "|": "Pipe |",
};
