// How long does it take to know who knocks, and how soon is a session that was ended refused everywhere?
import { atMost, quantile, report, told, type Answer } from "./measure";
import { companyList, get, peopleOf, runningCopy } from "./running";

const copy = await runningCopy();
const { slug, people } = await peopleOf(copy, 400);
const { actorOfToken, closeSessionWatch } = await import("../src/modules/auth/flows/watch-sessions");
const { newId } = await import("../src/server/db/ids");
const answers: Answer[] = [];

const trace = () => ({ correlationId: newId(), address: null });
const check = async (token: string): Promise<number> => {
  const began = performance.now();
  if (!(await actorOfToken(token, trace()))) throw new Error("a living session was refused");
  return performance.now() - began;
};
const first: number[] = [];
const later: number[] = [];
for (const { token } of people) first.push(await check(token));
for (let round = 0; round < 50; round++) for (const { token } of people) later.push(await check(token));
answers.push(
  told("session check, first time a process sees it: p99", `${quantile(first, 0.99).toFixed(2)} ms`),
  atMost("session check: p99", quantile(later, 0.99), 2, " ms"),
);

// Two processes behind one port: which of them answers is left to the operating system, so each is asked often.
const { url } = await copy.anotherServer(2);
const slowest: number[] = [];
for (const person of people.slice(0, 12)) {
  const { url: list, headers } = companyList(url, slug, person);
  const ask = () =>
    get(list, { ...headers, connection: "close" }).then(
      () => true,
      () => false,
    );
  await Promise.all(Array.from({ length: 16 }, ask));
  await copy.owner.query(
    "update session set revoked_at = now(), revoked_reason = 'ended_by_user' where id = $1",
    [person.sessionId],
  );
  const endedAt = performance.now();
  let lastAccepted = 0;
  while (performance.now() - endedAt < Math.max(500, lastAccepted + 500)) {
    const accepted = await Promise.all(Array.from({ length: 8 }, ask));
    if (accepted.some(Boolean)) lastAccepted = performance.now() - endedAt;
  }
  slowest.push(lastAccepted);
}
answers.push(
  atMost(
    "an ended session is refused by every process, slowest of 12",
    Math.max(...slowest) / 1_000,
    1,
    " s",
  ),
);
report(answers);
closeSessionWatch();
await copy.end();
process.exit(0);
