/** What a colour may say. It never says it alone: a word or an icon stands beside it. */
export type Tone = "neutral" | "accent" | "positive" | "caution" | "negative" | "info";
