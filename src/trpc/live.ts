"use client";
/**
 * What the server tells by itself. One live connection a browser, however many tabs: the tab that holds the lock listens and tells the others. When it
 * goes, another takes the lock and goes on from the last line it was told. Without locks each tab has its own.
 */
/** Events by name, as `GET /api/jobs/stream` tells them; each slice knows the shape of its own. */
const EVENTS = ["job", "notification"] as const;
export type LiveEventName = (typeof EVENTS)[number];

type Line = { kind: "line"; id: string; event: LiveEventName; data: unknown } | { kind: "gap"; id: string };
export type LiveListener = {
  on: { [Name in LiveEventName]?: (data: unknown) => void };
  /** Something may have been missed: read anew. */
  onGap: () => void;
};

/** After a refusal (signed out, too many streams) the browser gives up; we come back, ever more slowly. */
const FIRST_RETRY_MS = 3_000;
const LAST_RETRY_MS = 60_000;

class SharedStream {
  readonly #listeners = new Set<LiveListener>();
  readonly #gone = new AbortController();
  readonly #channel: BroadcastChannel | undefined;
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #refusals = 0;
  #lastId: string | undefined;

  constructor(
    private readonly url: URL,
    name: string,
  ) {
    const canShare = "locks" in navigator && "BroadcastChannel" in window;
    if (canShare) {
      this.#channel = new BroadcastChannel(name);
      this.#channel.onmessage = ({ data }: MessageEvent<Line>) => this.#hear(data);
      void this.#lead(name);
    } else this.#listen();
  }

  add(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  get isIdle(): boolean {
    return this.#listeners.size === 0;
  }

  close(): void {
    this.#gone.abort();
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#channel?.close();
  }

  async #lead(name: string): Promise<void> {
    const untilGone = () =>
      new Promise<void>((resolve) => this.#gone.signal.addEventListener("abort", () => resolve()));
    const lead = () => {
      if (this.#gone.signal.aborted) return;
      this.#listen();
      return untilGone();
    };
    try {
      const isLeader = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock) await lead();
        return lock !== null;
      });
      if (isLeader || this.#gone.signal.aborted) return;
      // Another tab listens already; what it told before this one came is missing here.
      this.#hear({ kind: "gap", id: this.#lastId ?? "" });
      await navigator.locks.request(name, { signal: this.#gone.signal }, lead);
    } catch {
      // Gone while it waited for the lock.
    }
  }

  #listen(): void {
    const url = new URL(this.url);
    if (this.#lastId) url.searchParams.set("last_event_id", this.#lastId);
    const source = (this.#source = new EventSource(url));
    source.addEventListener("ready", ({ data, lastEventId }: MessageEvent<string>) => {
      this.#refusals = 0;
      const isWhole = (JSON.parse(data) as { resumed: boolean }).resumed;
      if (isWhole) this.#lastId = lastEventId;
      else this.#tell({ kind: "gap", id: lastEventId });
    });
    for (const event of EVENTS) {
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) =>
        this.#tell({ kind: "line", id: lastEventId, event, data: JSON.parse(data) as unknown }),
      );
    }
    source.onerror = () => {
      // The browser comes back by itself, but not after a refusal.
      if (source.readyState !== EventSource.CLOSED || this.#gone.signal.aborted) return;
      const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#refusals++);
      this.#retry = setTimeout(() => this.#listen(), delayMs);
    };
  }

  #tell(line: Line): void {
    this.#channel?.postMessage(line);
    this.#hear(line);
  }

  #hear(line: Line): void {
    if (line.id) this.#lastId = line.id;
    for (const listener of this.#listeners) {
      if (line.kind === "line") listener.on[line.event]?.(line.data);
      else listener.onGap();
    }
  }
}

const streams = new Map<string, SharedStream>();

/** Listens to what is live in an organization until the returned function is called; streams of one tab are shared as well. */
export function listenLive(
  { orgSlug, userId, everyone }: { orgSlug: string; userId: string; everyone: boolean },
  listener: LiveListener,
): () => void {
  // The person is part of the name: after another sign-in, an old tab must not tell the new one.
  const name = `tenantry-live:${orgSlug}:${userId}:${everyone ? "org" : "own"}`;
  const url = new URL("/api/jobs/stream", window.location.origin);
  url.searchParams.set("org", orgSlug);
  if (everyone) url.searchParams.set("scope", "org");
  const stream = streams.get(name) ?? new SharedStream(url, name);
  streams.set(name, stream);
  const remove = stream.add(listener);
  return () => {
    remove();
    if (!stream.isIdle) return;
    streams.delete(name);
    stream.close();
  };
}
