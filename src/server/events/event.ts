/** A fact to be told, or a job to be done: what the outbox keeps and Inngest receives. Nothing personal travels. */
export type DomainEvent = {
  /** What Inngest deduplicates by (24 h); the same fact always carries the same id. */
  id: string;
  /** `slice/noun.verbed`, or the queue of a job. */
  name: string;
  /** Ids, counters and codes only. */
  data: Record<string, unknown>;
};
