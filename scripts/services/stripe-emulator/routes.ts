import type { Params } from "./contract";
import { invalid } from "./refusal";
import type { World } from "./world";

/** One call of the API, its parameters already read by Stripe's document. */
export interface Call<P = Params> {
  world: World;
  params: P;
  /** The n-th part of the path that is an id. */
  id(nth?: number): string;
  url: string;
}

export type Handler = (call: Call) => object;
/** `POST /v1/customers/{customer}` and what it does. */
export type Routes = Record<string, Handler>;

/** Names a handler with the shape that the document has given its parameters. */
export function handle<P>(act: (call: Call<P>) => object): Handler {
  return (call) => act(call as Call<P>);
}

/**
 * Refuses what Stripe would take and this emulator gives no meaning, so that nobody relies on what does nothing.
 * @throws Refusal
 */
export function understands(params: object, names: readonly string[], inside = ""): void {
  for (const name of Object.keys(params)) {
    if (name === "expand" || names.includes(name)) continue;
    const param = inside ? `${inside}[${name}]` : name;
    throw invalid(
      `The local Stripe does not emulate the parameter ${param}. Stripe itself knows it.`,
      param,
      "not_emulated",
    );
  }
}
