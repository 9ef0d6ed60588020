// A person's first organization, announced by tenancy and answered by sign-in with one mail.
import { expect, it } from "vitest";
import { welcome, type WelcomeMailed } from "~/modules/auth/flows/welcome";
import { WELCOME_MAILED, WelcomeMailed as WelcomeMailedEvent } from "~/modules/auth/events";
import { countWelcomeMail } from "~/modules/metering/flows/count-mails";
import { MemberJoined } from "~/modules/tenancy/events";
import { createOrganization } from "~/modules/tenancy/flows";
import { DomainError } from "~/kernel/errors";
import { newId } from "~/server/db/ids";
import { asOwner, testTrace, testUser, unique } from "~/testing/tenants";

const joined = async (orgId: string) => {
  const [row] = await asOwner(
    "select data from outbox_event where org_id = $1 and name = 'tenancy/member.joined'",
    [orgId],
  );
  return MemberJoined.parse(row?.data);
};
const found = async (person: Awaited<ReturnType<typeof testUser>>, name: string) => {
  const { id } = await createOrganization(person, { name, slug: unique("first") });
  return joined(id);
};

it("welcomes a new person once: after the first organization, and neither again nor after the second", async () => {
  const person = await testUser({ name: "Nora New" });
  const mails: WelcomeMailed[] = [];
  const send = async (mail: WelcomeMailed) => void mails.push(mail);
  const first = await found(person, "First Steps Ltd");
  expect(await welcome(first, testTrace(), send)).toBe(true);
  expect(await welcome(first, testTrace(), send)).toBe(false);
  expect(await welcome(await found(person, "Second"), testTrace(), send)).toBe(false);
  expect(mails).toMatchObject([
    { userId: person.userId, to: person.email, name: "Nora New", organization: "First Steps Ltd" },
  ]);
});

it("tries again when the mail server was away, and believes no id that nobody has", async () => {
  const person = await testUser();
  const event = await found(person, "Patient");
  const away = () => Promise.reject(new DomainError("unavailable", "mail.unavailable", "Away."));
  await expect(welcome(event, testTrace(), away)).rejects.toThrow("Away.");
  let sent = 0;
  expect(await welcome(event, testTrace(), async () => void sent++)).toBe(true);
  expect(sent).toBe(1);
  expect(await welcome({ membershipId: newId() }, testTrace(), async () => void sent++)).toBe(false);
});

it("counts the mail to the organization it welcomed to, once, however often it is told", async () => {
  const person = await testUser();
  const { id: orgId } = await createOrganization(person, { name: "Counted Ltd", slug: unique("counted") });
  expect(await welcome(await joined(orgId), testTrace(), async () => {})).toBe(true);
  const told = await asOwner<{ data: unknown }>(
    "select data from outbox_event where org_id = $1 and name = $2",
    [orgId, WELCOME_MAILED],
  );
  expect(told).toHaveLength(1);
  const data = WelcomeMailedEvent.parse(told[0]!.data);
  expect(await countWelcomeMail(data, testTrace())).toBe(true);
  expect(await countWelcomeMail(data, testTrace())).toBe(false);
  expect(
    await asOwner(
      "select quantity::int, source_id from usage_ledger where org_id = $1 and meter = 'emails'",
      [orgId],
    ),
  ).toEqual([{ quantity: 1, source_id: data.membershipId }]);
});
