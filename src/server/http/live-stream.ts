/**
 * Server-sent events from a place in the database: the stream holds a cursor, never a queue. A client that reads slowly
 * is simply read for less often; one that comes back says where it was.
 */
import { DomainError } from "~/kernel/errors";
import { logger } from "~/server/observability/logger";

export type LiveEvent = { id: string; event: string; data: unknown };

export type LiveSource = {
  /** What the client hears first. */
  greeting: LiveEvent;
  /** Events after those of the call before. `isMore`: call again at once. `isHeldBack`: more comes in a moment. */
  read(): Promise<{ events: LiveEvent[]; isMore: boolean; isHeldBack: boolean }>;
  /** Calls `wake` when something may have come, and `doubt` when the listener's rights may have changed. */
  listen(wake: () => void, doubt: () => void): () => void;
  /** Whether the listener may still hear all this. */
  isAllowed(): Promise<boolean>;
};

/** What is told beside a source, without a place of its own: who comes back is told anew what is true now. */
export type LiveAside = {
  /** What has changed since the last call; of the first, what is true now. */
  read(): Promise<Pick<LiveEvent, "event" | "data">[]>;
  listen(wake: () => void): () => void;
};

/** One stream of two: `aside` speaks under the place the source has reached. */
export function alongside(source: LiveSource, aside: LiveAside): LiveSource {
  let isDue = true;
  let place = source.greeting.id;
  return {
    ...source,
    async read() {
      const answer = await source.read();
      place = answer.events.at(-1)?.id ?? place;
      if (!isDue || answer.isMore) return answer;
      isDue = false;
      const besides = (await aside.read()).map((event) => ({ ...event, id: place }));
      return { ...answer, events: [...answer.events, ...besides] };
    },
    listen(wake, doubt) {
      const stop = aside.listen(() => {
        isDue = true;
        wake();
      });
      const stopSource = source.listen(wake, doubt);
      return () => {
        stop();
        stopSource();
      };
    },
  };
}

const POLL_MS = 5_000;
const HELD_BACK_MS = 150;
const KEEP_ALIVE_MS = 15_000;
/** A stream ends after this long; the client comes back, and its rights are read anew. */
const LIFETIME_MS = 90_000;
/** Milliseconds after which a browser comes back. */
const RETRY_MS = 1_000;
const BUFFER_BYTES = 64 * 1024;
/** What doors keep in memory is right within a second of a change: a doubt is looked into at once, and once more then. */
const DOUBT_AGAIN_MS = 1_200;

/** Open streams of this process, of all and of one person: sockets and memory are bounded, whoever knocks. */
export const STREAM_LIMITS = { total: 2_000, perPerson: 12 };

const held = globalThis as typeof globalThis & { __tenantryStreams?: Map<string, number> };
const streams = () => (held.__tenantryStreams ??= new Map());
export const openStreams = (): number => [...streams().values()].reduce((sum, count) => sum + count, 0);

/** @throws kernel.too_many_streams when this process or this person has too many. */
function takePlace(person: string): () => void {
  const open = streams();
  const count = open.get(person) ?? 0;
  if (count >= STREAM_LIMITS.perPerson || openStreams() >= STREAM_LIMITS.total) {
    throw new DomainError(
      "too_many_requests",
      "kernel.too_many_streams",
      "Too many live connections are open. Close some tabs and try again.",
    );
  }
  open.set(person, count + 1);
  let isFree = false;
  return () => {
    if (isFree) return;
    isFree = true;
    const left = (open.get(person) ?? 1) - 1;
    if (left > 0) open.set(person, left);
    else open.delete(person);
  };
}

const encoder = new TextEncoder();
const eventText = ({ id, event, data }: LiveEvent): string =>
  `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

type Asked = {
  source: LiveSource;
  /** Whose place it takes. */
  person: string;
  /** Held as long as the stream lives: its signal is silent once the request itself is collected. */
  request: Request;
  /** Called with the number of open streams, whenever it changes. */
  onCount?: (open: number) => void;
  lifetimeMs?: number;
};

/** Answers with a stream of `source`. @throws kernel.too_many_streams */
export function liveStream({ source, person, request, onCount, lifetimeMs = LIFETIME_MS }: Asked): Response {
  const leave = takePlace(person);
  onCount?.(openStreams());
  let isOver = false;
  let isInDoubt = false;
  let isWoken = false;
  let stir: () => void = () => {};
  const stop = () => {
    isOver = true;
    stir();
  };
  const doubt = () => {
    isInDoubt = true;
    stir();
  };
  let again: NodeJS.Timeout | undefined;
  const unlisten = source.listen(
    () => {
      isWoken = true;
      stir();
    },
    () => {
      doubt();
      clearTimeout(again);
      again = setTimeout(doubt, DOUBT_AGAIN_MS);
    },
  );
  const lifetime = setTimeout(stop, lifetimeMs);
  request.signal.addEventListener("abort", stop, { once: true });
  if (request.signal.aborted) stop();

  /** Resolves after `ms`, or as soon as something stirs. */
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      if (isOver || isInDoubt) return resolve();
      const timer = setTimeout(resolve, ms);
      stir = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const pump = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    let wroteAt = Date.now();
    const write = (text: string) => {
      controller.enqueue(encoder.encode(text));
      wroteAt = Date.now();
    };
    write(`retry: ${RETRY_MS}\n\n${eventText(source.greeting)}`);
    while (!isOver) {
      if (isInDoubt) {
        isInDoubt = false;
        if (!(await source.isAllowed())) return;
      }
      // A client that does not read is not read for; it goes on from its cursor once there is room.
      if ((controller.desiredSize ?? 0) <= 0) {
        await rest(POLL_MS);
        continue;
      }
      isWoken = false;
      const { events, isMore, isHeldBack } = await source.read();
      if (isOver) return;
      if (events.length > 0) write(events.map(eventText).join(""));
      else if (Date.now() - wroteAt >= KEEP_ALIVE_MS) write(": still here\n\n");
      if (isMore || isWoken) continue;
      await rest(isHeldBack ? HELD_BACK_MS : POLL_MS);
    }
  };

  const cleanUp = () => {
    stop();
    clearTimeout(lifetime);
    clearTimeout(again);
    request.signal.removeEventListener("abort", stop);
    unlisten();
    leave();
    onCount?.(openStreams());
  };

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        void pump(controller)
          .catch((error: Error) => logger().info({ err: error }, "a live stream ended early"))
          .finally(() => {
            cleanUp();
            try {
              controller.close();
            } catch {
              // The client was gone before us.
            }
          });
      },
      pull: () => stir(),
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }),
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // `no-transform` keeps compression away, which would hold lines back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
