import { expect, it } from "vitest";
import { callerFor } from "~/testing/callers";
import { asOwner, testOrg, testUser } from "~/testing/tenants";
import { viewsRouter } from "./router";
import { ViewState } from "./schema";

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: { code: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );
const state = ViewState.parse({ search: "berlin", filters: { owner: "mine" }, columns: ["name"] });
const mine = { list: "companies", name: "My Berlin", state };

it("keeps one's own from everybody else, also from colleagues", async () => {
  const org = await testOrg();
  const own = callerFor(viewsRouter, org.as("member"));
  const { id } = await own.keep(mine);
  expect((await own.list({ list: "companies" })).views).toEqual([
    { id, name: "My Berlin", state, isShared: false, mayChange: true },
  ]);
  expect((await own.list({ list: "contacts" })).views).toEqual([]);
  for (const other of [org.owner, org.as("readonly"), (await testOrg()).owner]) {
    const theirs = callerFor(viewsRouter, other);
    expect((await theirs.list({ list: "companies" })).views).toEqual([]);
    expect(await refusal(theirs.change({ id, name: "Mine now" }))).toBe("kernel.not_found");
    expect(await refusal(theirs.delete({ id }))).toBe("kernel.not_found");
    await theirs.setDefault({ list: "companies", id });
    expect(await theirs.opened({ list: "companies" })).toBeNull();
  }
  await own.change({ id, name: "Berlin", state: { ...state, search: "" } });
  expect((await own.list({ list: "companies" })).views[0]).toMatchObject({
    name: "Berlin",
    state: { search: "" },
  });
});

it("is for read-only members too, who may not share", async () => {
  const org = await testOrg();
  const reader = callerFor(viewsRouter, org.as("readonly"));
  await reader.keep(mine);
  expect(await reader.list({ list: "companies" })).toMatchObject({
    mayShare: false,
    views: [{ name: "My Berlin" }],
  });
  expect(await refusal(reader.share({ ...mine, name: "Ours" }))).toBe("kernel.forbidden");
});

it("takes a name once per list and person", async () => {
  const { owner } = await testOrg();
  const own = callerFor(viewsRouter, owner);
  await own.keep(mine);
  const other = await own.keep({ ...mine, name: "Other" });
  expect(await refusal(own.keep(mine))).toBe("views.name_taken");
  expect(await refusal(own.change({ id: other.id, name: "My Berlin" }))).toBe("views.name_taken");
  await own.keep({ ...mine, list: "contacts" });
});

it("shows shared ones to all, and lets whoever shared them and whoever runs the organization change them", async () => {
  const org = await testOrg();
  const member = callerFor(viewsRouter, org.as("member"));
  const own = await member.keep(mine);
  const { id } = await member.share({ ...mine, from: own.id });
  expect((await member.list({ list: "companies" })).views).toEqual([
    { id, name: "My Berlin", state, isShared: true, mayChange: true },
  ]);
  const reader = callerFor(viewsRouter, org.as("readonly"));
  expect((await reader.list({ list: "companies" })).views).toMatchObject([{ id, mayChange: false }]);
  expect(await refusal(reader.deleteShared({ id }))).toBe("kernel.forbidden");

  const admins = callerFor(viewsRouter, org.as("admin"));
  const { id: theirs } = await admins.share({ ...mine, name: "Admin’s" });
  expect(await refusal(member.changeShared({ id: theirs, name: "Taken" }))).toBe("kernel.forbidden");
  await admins.changeShared({ id, name: "Everybody’s Berlin" });
  await admins.deleteShared({ id: theirs });
  expect((await member.list({ list: "companies" })).views).toMatchObject([{ name: "Everybody’s Berlin" }]);
  const stranger = callerFor(viewsRouter, (await testOrg()).owner);
  expect((await stranger.list({ list: "companies" })).views).toEqual([]);
  expect(await refusal(stranger.deleteShared({ id }))).toBe("kernel.not_found");
  const acts = await asOwner<{ action: string }>(
    "select action from audit_entry where org_id = $1 and action like 'view.%' order by created_at",
    [org.orgId],
  );
  expect(acts.map(({ action }) => action).sort()).toEqual([
    "view.changed",
    "view.deleted",
    "view.shared",
    "view.shared",
  ]);
});

it("opens a list with the person's default, until that view is gone", async () => {
  const org = await testOrg();
  const member = callerFor(viewsRouter, org.as("member"));
  const at = { list: "companies" };
  expect(await member.opened(at)).toBeNull();
  const { id } = await member.keep(mine);
  await member.setDefault({ ...at, id });
  expect(await member.opened(at)).toMatchObject({ id, name: "My Berlin" });
  expect(await member.list(at)).toMatchObject({ defaultId: id });
  expect(await callerFor(viewsRouter, org.owner).opened(at)).toBeNull();

  const shared = await callerFor(viewsRouter, org.owner).share({ ...mine, name: "Ours" });
  await member.setDefault({ ...at, id: shared.id });
  expect(await member.opened(at)).toMatchObject({ name: "Ours", isShared: true });
  await callerFor(viewsRouter, org.owner).deleteShared(shared);
  expect(await member.opened(at)).toBeNull();
  expect(await member.list(at)).toMatchObject({ defaultId: null });
  await member.setDefault({ ...at, id: null });
});

it("reads a view that another version of the list wrote", async () => {
  const { owner } = await testOrg();
  const own = callerFor(viewsRouter, owner);
  const { id } = await own.keep(mine);
  await asOwner(`update saved_view set state = '{"search": 7, "colour": "red"}' where id = $1`, [id]);
  expect((await own.list({ list: "companies" })).views[0]).toMatchObject({
    state: { search: "", columns: null },
  });
});

it("goes with the membership", async () => {
  const org = await testOrg();
  await callerFor(viewsRouter, org.as("member")).keep(mine);
  await asOwner("delete from membership where org_id = $1 and user_id = $2", [
    org.orgId,
    org.as("member").userId,
  ]);
  expect(await asOwner("select from saved_view where org_id = $1", [org.orgId])).toEqual([]);
  expect(await refusal(callerFor(viewsRouter, await testUser()).list({ list: "companies" }))).toBe(
    "kernel.not_found",
  );
});

it("keeps at most 50 of a list", async () => {
  const { owner } = await testOrg();
  const own = callerFor(viewsRouter, owner);
  for (let i = 0; i < 50; i++) await own.keep({ ...mine, name: `View ${i}` });
  expect(await refusal(own.keep(mine))).toBe("views.too_many");
});
