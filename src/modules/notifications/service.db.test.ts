import { expect, it, vi } from "vitest";
import type { OrgActor, UserActor } from "~/kernel/actor";
import { withSystem } from "~/server/db/with-system";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { readUser, withUser } from "~/server/db/with-user";
import { asOwner, testOrg, testTrace, testUser, type TestOrg } from "~/testing/tenants";
import { listNotifications } from "./flows/read";
import { unreadAside } from "./flows/live";
import { purgeNotifications } from "./flows/purge";
import { countUnread, markRead, notify, notifyIn } from "./service";
import type { Notice } from "./schema";

const ID = "0199aaaa-0000-7000-8000-00000000000";
const person = (org: TestOrg, at: number): UserActor => org.users[at]!;
const finished = (userId: string, n: number): Notice => ({
  kind: "job.completed",
  userId,
  cause: `job:${ID}${n}`,
  targetId: `${ID}${n}`,
  detail: { taskType: "import" },
});
const tell = (actor: OrgActor, notice: Notice) => withTenant(actor, (scope) => notify(scope, notice));
const list = (
  org: TestOrg,
  at: number,
  input: { limit?: number; cursor?: string | null; only?: "unread" } = {},
) =>
  listNotifications(
    person(org, at),
    { ...org.owner, userId: person(org, at).userId },
    {
      limit: 25,
      only: "all",
      ...input,
    },
  );

it("tells one cause once, however often and from wherever it is told", async () => {
  const org = await testOrg();
  const { userId } = person(org, 0);
  await Promise.all([1, 1, 1, 2].map((n) => tell(org.owner, finished(userId, n))));
  await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
    notifyIn(scope, org.orgId, finished(userId, 2)),
  );
  const { items } = await list(org, 0);
  expect(items.map(({ targetId }) => targetId).sort()).toEqual([`${ID}1`, `${ID}2`]);
});

it("takes back what was told with the transaction that told it", async () => {
  const org = await testOrg();
  const { userId } = person(org, 0);
  await expect(
    withTenant(org.owner, async (scope) => {
      await notify(scope, finished(userId, 1));
      throw new Error("the rest failed");
    }),
  ).rejects.toThrow("the rest failed");
  expect((await list(org, 0)).items).toEqual([]);
});

it("is the person's own: nobody else in the organization reads or marks it, nor the person from another one", async () => {
  const [org, other] = [await testOrg(), await testOrg()];
  const { userId } = person(org, 0);
  await tell(org.owner, finished(userId, 1));
  expect(await readTenant(org.owner, ({ db }) => db.notification.count())).toBe(0);
  expect((await list(org, 1)).items).toEqual([]);
  const { items } = await list(org, 0);
  await withUser(person(org, 1), (scope) => markRead(scope, org.orgId, { ids: [items[0]!.id] }));
  await withUser(person(org, 0), (scope) => markRead(scope, other.orgId, { ids: [items[0]!.id] }));
  expect((await list(org, 0)).items[0]!.isRead).toBe(false);
});

it("tells no stranger and nobody of another organization", async () => {
  const [org, stranger] = [await testOrg(), await testUser()];
  await tell(org.owner, finished(stranger.userId, 1));
  expect(await asOwner("select 1 from notification where user_id = $1", [stranger.userId])).toEqual([]);
});

it("forgets what it told with the end of the membership", async () => {
  const org = await testOrg();
  const gone = person(org, 2);
  await tell(org.owner, finished(gone.userId, 1));
  await asOwner("delete from membership where org_id = $1 and user_id = $2", [org.orgId, gone.userId]);
  expect(await asOwner("select 1 from notification where user_id = $1", [gone.userId])).toEqual([]);
});

it("pages newest first, and marks up to what was seen, so that what came meanwhile stays unread", async () => {
  const org = await testOrg();
  const { userId } = person(org, 0);
  for (const n of [1, 2, 3]) await tell(org.owner, finished(userId, n));
  const first = await list(org, 0, { limit: 2 });
  expect(first.items.map(({ targetId }) => targetId)).toEqual([`${ID}3`, `${ID}2`]);
  const second = await list(org, 0, { limit: 2, cursor: first.nextCursor });
  expect(second).toMatchObject({ items: [{ targetId: `${ID}1` }], nextCursor: null });
  await tell(org.owner, finished(userId, 4));
  await withUser(person(org, 0), (scope) => markRead(scope, org.orgId, { upToId: first.items[0]!.id }));
  const unread = await list(org, 0, { only: "unread" });
  expect(unread.items.map(({ targetId }) => targetId)).toEqual([`${ID}4`]);
  expect(await readUser(person(org, 0), (scope) => countUnread(scope, org.orgId))).toEqual({
    count: 1,
    newestId: unread.items[0]!.id,
  });
});

it("tells a live listener how many are unread at first, and again when that has changed, not when it has not", async () => {
  const org = await testOrg();
  const { userId } = person(org, 0);
  const aside = unreadAside(org.owner, person(org, 0).sessionId);
  let wakes = 0;
  const stop = aside.listen(() => wakes++);
  try {
    expect(await aside.read()).toEqual([{ event: "notification", data: { count: 0, newestId: null } }]);
    expect(await aside.read()).toEqual([]);
    const before = wakes;
    await tell(org.owner, finished(userId, 1));
    await vi.waitFor(() => expect(wakes).toBeGreaterThan(before));
    expect(await aside.read()).toMatchObject([{ event: "notification", data: { count: 1 } }]);
  } finally {
    stop();
  }
});

it("goes after 90 days, read or not", async () => {
  const org = await testOrg();
  const { userId } = person(org, 0);
  for (const n of [1, 2]) await tell(org.owner, finished(userId, n));
  await asOwner(
    "update notification set created_at = now() - interval '91 days' where user_id = $1 and target_id = $2",
    [userId, `${ID}1`],
  );
  await vi.waitFor(async () => expect(await purgeNotifications()).not.toBeNull());
  expect((await list(org, 0)).items.map(({ targetId }) => targetId)).toEqual([`${ID}2`]);
});
