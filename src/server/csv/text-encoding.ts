/**
 * In what encoding a text file is written, and its bytes as text. A file that says nothing (no byte order mark) is
 * UTF-8 when it is valid UTF-8, else whatever single- or double-byte encoding its letters look like.
 */
import { isUtf8 } from "node:buffer";
import chardet from "chardet";
import iconv from "iconv-lite";
import { TEXT_ENCODINGS, type TextEncoding } from "~/kernel/delimited-text";

/** Bytes of one code unit: what a delimiter or a line break takes. */
export const unitBytes = (encoding: TextEncoding): 1 | 2 => (encoding.startsWith("utf-16") ? 2 : 1);

const MARKS: { bytes: number[]; encoding: TextEncoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

/** The encoding and the length in bytes of the byte order mark, which is not part of the text. */
export function detectEncoding(sample: Buffer): { encoding: TextEncoding; markBytes: number } {
  for (const { bytes, encoding } of MARKS) {
    if (bytes.every((byte, i) => sample[i] === byte)) return { encoding, markBytes: bytes.length };
  }
  return { encoding: unmarkedUtf16(sample) ?? unmarked(sample), markBytes: 0 };
}

/** Mostly Latin text in UTF-16 has a zero in every other byte and none in the rest. */
function unmarkedUtf16(sample: Buffer): TextEncoding | null {
  const pairs = Math.floor(sample.length / 2);
  if (pairs < 2) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < pairs * 2; i += 2) {
    if (sample[i] === 0) evenZeros++;
    if (sample[i + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs * 0.4 && evenZeros < pairs * 0.02) return "utf-16le";
  if (evenZeros > pairs * 0.4 && oddZeros < pairs * 0.02) return "utf-16be";
  return null;
}

function unmarked(sample: Buffer): TextEncoding {
  if (sample.every((byte) => byte < 0x80)) return "ascii";
  // A sample may end in the middle of a character.
  for (let cut = 0; cut < 4; cut++) {
    if (isUtf8(sample.subarray(0, sample.length - cut))) return "utf-8";
  }
  for (const { name, confidence } of chardet.analyse(sample)) {
    const known = TEXT_ENCODINGS.find((encoding) => encoding === name.toLowerCase());
    if (known && unitBytes(known) === 1 && known !== "utf-8" && known !== "ascii" && confidence >= 30) {
      return known;
    }
    // What calls itself Latin-1 has curly quotes and euro signs where Windows puts them.
    if (name === "ISO-8859-1" && confidence >= 30) return "windows-1252";
  }
  return "windows-1252";
}

/** Text of these bytes; `null` when they are not valid in this encoding, or a lone half of a surrogate pair. */
export function decodeText(bytes: Buffer, encoding: TextEncoding): string | null {
  switch (encoding) {
    case "utf-8":
      return isUtf8(bytes) ? bytes.toString("utf8") : null;
    case "ascii":
      return isUtf8(bytes) ? bytes.toString("utf8") : iconv.decode(bytes, "windows-1252");
    case "utf-16le":
    case "utf-16be": {
      if (bytes.length % 2 === 1) return null;
      const text = (encoding === "utf-16le" ? bytes : Buffer.from(bytes).swap16()).toString("utf16le");
      return text.isWellFormed() ? text : null;
    }
    default:
      return iconv.decode(bytes, encoding, { stripBOM: false });
  }
}
