/** The live stream of jobs, and beside it of how many notifications are unread: `GET /api/jobs/stream` (spec §4, design decision 24). */
import type { OrgActor } from "~/kernel/actor";
import { notFound, notForKeys, unauthenticated } from "~/kernel/errors";
import { unreadAside } from "~/modules/notifications";
import { databaseListener } from "~/server/db/listener";
import { readTenant } from "~/server/db/with-tenant";
import { alongside, liveStream, type LiveEvent, type LiveSource } from "~/server/http/live-stream";
import { problemResponse } from "~/server/http/problem";
import { metrics } from "~/server/observability/metrics";
import type { Gates } from "~/server/trpc/gates";
import { knockOf } from "~/server/trpc/handler";
import { feedAfter, feedEnd, feedPlace, type FeedCursor } from "../queries";

const READ_LIMIT = 200;

/** `{xid}-{id}`: the id of a line, and what a client that comes back names. */
const textOf = ({ xid, id }: FeedCursor): string => `${xid}-${id}`;
export function readCursor(text: string | null): FeedCursor | null {
  const [, xid, id] = /^(\d{1,19})-(\d{1,18})$/.exec(text ?? "") ?? [];
  return xid && id ? { xid, id } : null;
}

type Asked = {
  actor: OrgActor;
  everyone: boolean;
  cursor: FeedCursor | null;
  isAllowed: () => Promise<boolean>;
};

/**
 * Lines of the caller's own jobs, or of everybody's in the organization, after `cursor`. The greeting says whether all
 * lines since then are still there (`resumed`); where not, the client reads its lists anew, besides what is left.
 */
export async function openJobFeed({ actor, everyone, cursor: asked, isAllowed }: Asked): Promise<LiveSource> {
  const place = asked ? await readTenant(actor, (scope) => feedPlace(scope, asked)) : "unknown";
  let cursor = asked && place !== "unknown" ? asked : await readTenant(actor, feedEnd);
  const userId = everyone ? null : actor.userId;
  return {
    greeting: { id: textOf(cursor), event: "ready", data: { resumed: place === "whole" } },
    async read() {
      const { rows, isHeldBack } = await readTenant(actor, (scope) =>
        feedAfter(scope, { cursor, userId, limit: READ_LIMIT }),
      );
      const last = rows.at(-1);
      if (last) cursor = { xid: last.xid, id: last.id };
      const events = rows.map((row): LiveEvent => ({ id: textOf(row), event: "job", data: row.data }));
      return { events, isMore: rows.length === READ_LIMIT, isHeldBack };
    },
    listen: (wake, doubt) =>
      databaseListener().subscribe((heard) => {
        if (heard.kind === "reset") {
          doubt();
          wake();
        } else if (heard.kind === "session") doubt();
        else if (heard.orgId !== actor.orgId) return;
        else if (heard.kind === "job") wake();
        else if (heard.kind === "notification") return;
        else doubt();
      }),
    isAllowed,
  };
}

/**
 * Answers a browser's EventSource. `?org=slug`; `?scope=org` for everybody's jobs; goes on after `Last-Event-ID` (or
 * `?last_event_id`). Refusals are problem documents.
 */
export async function streamJobs(request: Request, gates: Gates): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const knock = knockOf(request.headers);
  const everyone = searchParams.get("scope") === "org";
  const enter = async (): Promise<{ actor: OrgActor; sessionId: string }> => {
    const person = await gates.session(knock.token, knock.trace);
    if (!person) throw unauthenticated();
    // A person's own stream: their notifications run in it.
    if (person.kind === "key") throw notForKeys();
    const org = await gates.membership(person, searchParams.get("org") ?? "");
    if (!org) throw notFound("organization");
    const actor = gates.permission(org, person, everyone ? "job.readAll" : "job.read");
    return { actor, sessionId: person.sessionId };
  };
  try {
    const { actor, sessionId } = await enter();
    const jobs = await openJobFeed({
      actor,
      everyone,
      cursor: readCursor(request.headers.get("last-event-id") ?? searchParams.get("last_event_id")),
      isAllowed: () =>
        enter().then(
          (again) => again.actor.role === actor.role,
          () => false,
        ),
    });
    return liveStream({
      source: alongside(jobs, unreadAside(actor, sessionId)),
      person: actor.userId ?? "",
      request,
      onCount: (open) => metrics().jobStreams.set(open),
    });
  } catch (refused) {
    return problemResponse(refused, knock.trace.correlationId);
  }
}
