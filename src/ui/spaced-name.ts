/** "bulk_import" → "Bulk import", "ai_tokens" → "AI tokens": names of kinds of work, steps and limits, as a person reads them. */
export function spacedName(name: string): string {
  const spaced = name
    .replace(/[_-]+/g, " ")
    .replace(/\bai\b/, "AI")
    .replace(/\btts\b/, "TTS")
    .replace(/\bapi\b/, "API");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
