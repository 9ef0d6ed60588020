import { endpointOf } from "../contract";
import type { Recorded } from "../control";
import { wrongInAnswer } from "./check";
import { moduleFolder, startStripeMock } from "./stripe-mock";

/** Of each kind of request one: the same call with the same names of parameters. */
function kinds(requests: Recorded[]): Recorded[] {
  const found = new Map<string, Recorded>();
  for (const request of requests) {
    if (request.status !== 200) continue;
    const [pathname = "", query = ""] = request.path.split("?");
    const names = [...new URLSearchParams(query), ...new URLSearchParams(request.body)].map(([name]) => name);
    const kind = `${request.method} ${endpointOf(request.method, pathname)?.path} ${[...new Set(names)].sort().join(" ")}`;
    if (!found.has(kind)) found.set(kind, request);
  }
  return [...found.values()];
}

/**
 * Holds recorded requests and their answers to Stripe's contract: what the official stripe-mock refuses, and where
 * an answer is not as the document says. Without Go the first half is not run; with CI=true that throws.
 */
export async function heldToContract(requests: Recorded[]): Promise<{ kinds: number; wrong: string[] }> {
  const some = kinds(requests);
  const wrong = some.flatMap(({ method, path, answer }) => wrongInAnswer(method, path, JSON.parse(answer)));
  const folder = moduleFolder();
  if (!folder) {
    if (process.env.CI === "true") throw new Error("stripe-mock needs Go, and in CI everything must run");
    console.log("not run here: stripe-mock needs Go and its module (https://go.dev/doc/install)");
    return { kinds: some.length, wrong };
  }
  const mock = await startStripeMock(folder);
  try {
    for (const request of some) {
      const words = await mock.refusal(request);
      if (words) wrong.push(words);
    }
  } finally {
    mock.stop();
  }
  return { kinds: some.length, wrong };
}
