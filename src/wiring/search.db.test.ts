import { describe, expect, it } from "vitest";
import { SearchInput } from "~/kernel/search";
import type { OrgActor } from "~/kernel/actor";
import { searchAll } from "~/server/search/search";
import { withTenant } from "~/server/db/with-tenant";
import { callerFor } from "~/testing/callers";
import { testOrg, testUser, unique } from "~/testing/tenants";
import { appRouter } from "./routers";

const search = async (actor: OrgActor, text: string) =>
  (await callerFor(appRouter, actor).search.all({ text })).hits;

const company = (actor: OrgActor, name: string) => callerFor(appRouter, actor).crm.companies.create({ name });

describe("search over everything", () => {
  it("finds records and people of the organization by name, with the way to each", async () => {
    const org = await testOrg();
    const word = unique("quarz");
    const { id } = await company(org.owner, `${word} Holding`);
    await company(org.owner, `The ${word}`);
    const contact = await callerFor(appRouter, org.owner).crm.contacts.create({
      firstName: word,
      lastName: "Larsen",
    });
    const hits = await search(org.owner, word);
    expect(hits.map(({ kind, title }) => [kind, title])).toEqual([
      ["company", `${word} Holding`],
      ["company", `The ${word}`],
      ["contact", `${word} Larsen`],
    ]);
    expect(hits.map(({ path }) => path)).toEqual([
      `/companies/${id}`,
      expect.stringMatching(/^\/companies\//),
      `/contacts/${contact.id}`,
    ]);
    const member = org.users.find(({ role }) => role === "member")!;
    expect(await search(org.owner, member.email)).toMatchObject([{ kind: "member", id: member.userId }]);
  });

  it("finds nothing of another organization, for whoever asks", async () => {
    const [mine, theirs] = [await testOrg(), await testOrg()];
    const word = unique("onyx");
    await company(theirs.owner, word);
    expect(await search(mine.owner, word)).toEqual([]);
    expect(await search(mine.owner, theirs.users[0]!.email)).toEqual([]);
    expect(await search(theirs.as("readonly"), word)).toHaveLength(1);
    await expect(callerFor(appRouter, await testUser()).search.all({ text: word })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("shows colleagues' jobs to those who may see them, and everybody their own", async () => {
    const org = await testOrg();
    const job = (actor: OrgActor) =>
      withTenant(actor, ({ db }) =>
        db.job.create({
          data: {
            orgId: org.orgId,
            userId: actor.userId!,
            queue: "queue",
            taskType: "tidy_up",
            status: "COMPLETED",
            input: { value: null },
            correlationId: "test",
          },
          select: { id: true },
        }),
      );
    const [own, colleagues] = [await job(org.as("member")), await job(org.owner)];
    expect((await search(org.as("member"), "tidy up")).map(({ id }) => id)).toEqual([own.id]);
    expect((await search(org.as("admin"), "Tidy-up")).map(({ id }) => id).sort()).toEqual(
      [own.id, colleagues.id].sort(),
    );
    expect(await search(org.as("member"), colleagues.id)).toEqual([]);
    expect(await search(org.as("admin"), colleagues.id)).toMatchObject([{ title: "Tidy up" }]);
  });

  it("takes signs for what they are, and asks for two letters", async () => {
    const org = await testOrg();
    const word = unique("100%");
    await company(org.owner, word);
    await company(org.owner, "Nothing alike");
    expect((await search(org.owner, "100%")).map(({ title }) => title)).toEqual([word]);
    expect(await search(org.owner, "%%")).toEqual([]);
    expect(SearchInput.safeParse({ text: " a " }).success).toBe(false);
  });

  it("answers with the rest when one source fails, and says so", async () => {
    const org = await testOrg();
    const hit = { kind: "thing", id: "1", title: "Thing", detail: null, path: "/things/1" };
    const answer = await searchAll(
      org.owner,
      [
        { permission: "crm.read", find: () => Promise.reject(new Error("no index")) },
        { permission: "crm.read", find: async () => [hit] },
        { permission: "organization.delete", find: async () => [hit] },
      ],
      { text: "thing" },
    );
    expect(answer).toEqual({ hits: [hit, hit], isPartial: true });
    const reader = await searchAll(
      org.as("readonly"),
      [{ permission: "organization.delete", find: async () => [hit] }],
      { text: "thing" },
    );
    expect(reader).toEqual({ hits: [], isPartial: false });
  });
});
