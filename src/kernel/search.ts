/** Search over all slices: what is asked, and what is found. */
import { z } from "zod";

export const SearchInput = z.object({
  /** Two letters or more; fewer would find everything. */
  text: z.string().trim().min(2, "Write at least two letters.").max(100),
});

export const SearchHit = z.object({
  /** What it is: "company", "member". Hits of one kind are listed together. */
  kind: z.string(),
  id: z.string(),
  title: z.string(),
  /** What tells it from others of the same name. */
  detail: z.string().nullable(),
  /** Below `/o/{slug}`. */
  path: z.string(),
});
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchAnswer = z.object({
  hits: z.array(SearchHit),
  /** A source did not answer; what others found is here. */
  isPartial: z.boolean(),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;

/** Of each kind at most this many. */
export const HITS_PER_KIND = 5;
