/**
 * A small real PDF: one page of A4 with left and right aligned text. Letters outside of Windows-1252 become "?", for
 * the standard fonts have no others.
 */
export interface PdfLine {
  left: string;
  right?: string;
  isBold?: boolean;
}

const TOP = 790;
const LEFT = 50;
const RIGHT = 545;
const LEADING = 16;
const SIZE = 10;
const ROWS = Math.floor((TOP - 40) / LEADING);

export function pdf(lines: PdfLine[]): Uint8Array<ArrayBuffer> {
  const pages: PdfLine[][] = [];
  for (let from = 0; from < Math.max(1, lines.length); from += ROWS)
    pages.push(lines.slice(from, from + ROWS));
  const objects: string[] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, index) => `${5 + index * 2} 0 R`).join(" ")}] >>`,
    font("Helvetica"),
    font("Helvetica-Bold"),
  ];
  for (const [index, rows] of pages.entries()) {
    const content = rows.map((row, at) => drawn(row, TOP - at * LEADING)).join("\n");
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${6 + index * 2} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
      `<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`,
    );
  }
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = Buffer.byteLength(text, "latin1");
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = Buffer.byteLength(text, "latin1");
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, "latin1"));
}

function font(name: string): string {
  return `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
}

function drawn({ left, right, isBold }: PdfLine, y: number): string {
  const name = isBold ? "F2" : "F1";
  const at = (text: string, x: number) =>
    `BT /${name} ${SIZE} Tf ${x.toFixed(1)} ${y} Td (${literal(text)}) Tj ET`;
  return [at(left, LEFT), ...(right ? [at(right, RIGHT - widthOf(right))] : [])].join("\n");
}

/** Near enough to align amounts: a digit of Helvetica is 0.556 of its size wide, a point or comma half of that. */
function widthOf(text: string): number {
  return [...text].reduce((width, sign) => width + (/[.,:]/.test(sign) ? 0.278 : 0.556), 0) * SIZE;
}

function literal(text: string): string {
  return [...text.replaceAll("−", "-")]
    .map((sign) => ((sign.codePointAt(0) ?? 0) > 255 ? "?" : sign))
    .join("")
    .replaceAll(/[\\()]/g, (sign) => `\\${sign}`);
}
