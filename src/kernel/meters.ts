/** What is counted (spec §5). Whole units: jobs, calls, mails, tokens, images, seconds, bytes. */
import { z } from "zod";
export const Meter = z.enum([
  "jobs",
  "api_calls",
  "emails",
  "ai_tokens",
  "images",
  "tts_seconds",
  "render_seconds",
  "storage_bytes",
]);
export type Meter = z.infer<typeof Meter>;
