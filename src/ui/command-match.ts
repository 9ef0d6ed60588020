/** Which commands answer to what was typed: every word begins a word of the title or of a keyword. */
export function answersTo(text: string, title: string, keywords: readonly string[] = []): boolean {
  const known = fold([title, ...keywords].join(" ")).split(" ");
  return fold(text)
    .split(" ")
    .every((word) => word === "" || known.some((one) => one.startsWith(word)));
}

/** Without case, accents and signs. */
const fold = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
