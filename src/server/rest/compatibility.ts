/** What a later document takes from those who wrote programs for the earlier one. `/api/v1` only gains. */
import type { OpenApi, Operation, Schema } from "./document";

/** Sentences about what was lost; none means that every program still works. */
export function lostBetween(before: OpenApi, after: OpenApi): string[] {
  const lost: string[] = [];
  for (const [path, methods] of Object.entries(before.paths)) {
    const now = after.paths[path];
    if (!now) {
      lost.push(`${path} is gone`);
      continue;
    }
    for (const [method, operation] of Object.entries(methods)) {
      const at = `${method.toUpperCase()} ${path}`;
      if (now[method]) lost.push(...lostOf(operation, now[method], at, before, after));
      else lost.push(`${at} is gone`);
    }
  }
  for (const [type, { post: was }] of Object.entries(before.webhooks)) {
    const is = after.webhooks[type]?.post;
    if (!is) {
      lost.push(`${type} is told no more`);
      continue;
    }
    const [then, today] = [was, is].map((one) => one.requestBody.content["application/json"]!.schema);
    lost.push(...less(then!, today!, type, before, after));
  }
  return [...new Set(lost)];
}

function lostOf(was: Operation, is: Operation, at: string, before: OpenApi, after: OpenApi): string[] {
  const lost: string[] = [];
  if (was.operationId !== is.operationId) lost.push(`${at} is called ${is.operationId}`);
  for (const parameter of was.parameters) {
    const now = is.parameters.find((one) => one.name === parameter.name && one.in === parameter.in);
    if (!now) lost.push(`${at}: ${parameter.name} is not taken any more`);
    else lost.push(...narrower(parameter.schema, now.schema, `${at}: ${parameter.name}`));
  }
  for (const parameter of is.parameters) {
    const then = was.parameters.find((one) => one.name === parameter.name && one.in === parameter.in);
    if (parameter.required && !then?.required) lost.push(`${at}: ${parameter.name} must be sent`);
  }
  const sent = (operation: Operation) => operation.requestBody?.content["application/json"]?.schema;
  if (sent(was) && !sent(is)) lost.push(`${at}: takes no body any more`);
  else if (sent(was)) lost.push(...narrower(sent(was)!, sent(is)!, `${at}: body`));
  else if ((sent(is)?.required ?? []).length > 0) lost.push(`${at}: a body must be sent`);
  for (const [status, answer] of Object.entries(was.responses)) {
    if (!status.startsWith("2")) continue;
    const now = is.responses[status];
    if (!now || "$ref" in now || "$ref" in answer) lost.push(`${at}: does not answer ${status} any more`);
    else {
      const [then, today] = [answer, now].map((one) => one.content?.["application/json"]?.schema);
      if (then && !today) lost.push(`${at}: ${status} says nothing any more`);
      else if (then)
        lost.push(
          ...less(resolved(then, before), resolved(today!, after), `${at}: ${status}`, before, after),
        );
      for (const name of Object.keys(answer.headers ?? {}))
        if (!now.headers?.[name]) lost.push(`${at}: ${status} has no ${name} any more`);
    }
  }
  return lost;
}

const resolved = (schema: Schema, { components }: OpenApi): Schema =>
  schema.$ref ? components.schemas[schema.$ref.split("/").at(-1)!]! : schema;

const typesOf = ({ type, anyOf }: Schema): string[] =>
  anyOf ? anyOf.flatMap(typesOf) : [type ?? []].flat().sort();

const LOWER_BOUNDS = ["minimum", "minLength", "minItems"];
const UPPER_BOUNDS = ["maximum", "maxLength", "maxItems"];

/** What a caller might have sent and may not any more. */
function narrower(was: Schema, is: Schema, at: string): string[] {
  const lost: string[] = [];
  const types = typesOf(is);
  const gone = typesOf(was).filter(
    (type) => !types.includes(type) && !(type === "integer" && types.includes("number")),
  );
  if (types.length > 0 && gone.length > 0) lost.push(`${at} does not take ${gone.join(", ")} any more`);
  if (is.enum && (!was.enum || was.enum.some((value) => !is.enum!.includes(value))))
    lost.push(`${at} takes fewer values`);
  for (const [bounds, isTighter] of [
    [LOWER_BOUNDS, (now: number, then: number | undefined) => then === undefined || now > then],
    [UPPER_BOUNDS, (now: number, then: number | undefined) => then === undefined || now < then],
  ] as const)
    for (const bound of bounds) {
      const now = is[bound] as number | undefined;
      if (now !== undefined && isTighter(now, was[bound] as number | undefined))
        lost.push(`${at} has another ${bound}: ${now}`);
    }
  for (const how of ["pattern", "format"])
    if (is[how] !== undefined && is[how] !== was[how]) lost.push(`${at} has another ${how}`);
  for (const [name, one] of Object.entries(was.properties ?? {})) {
    const now = is.properties?.[name];
    if (now) lost.push(...narrower(one, now, `${at}.${name}`));
    else lost.push(`${at}.${name} is not taken any more`);
  }
  for (const name of is.required ?? [])
    if (!was.required?.includes(name)) lost.push(`${at}: ${name} must be sent`);
  if (was.items && is.items) lost.push(...narrower(was.items, is.items, `${at}[]`));
  return lost;
}

/** What a program might have read and does not find any more, or not as it was. */
function less(was: Schema, is: Schema, at: string, before: OpenApi, after: OpenApi): string[] {
  const lost: string[] = [];
  const more = typesOf(is).filter((type) => !typesOf(was).includes(type));
  if (typesOf(was).length > 0 && more.length > 0) lost.push(`${at} may be ${more.join(", ")} now`);
  if (was.format !== is.format) lost.push(`${at} has another format`);
  if (was.enum && (!is.enum || is.enum.some((value) => !was.enum!.includes(value))))
    lost.push(`${at} has values that were not there`);
  for (const [name, one] of Object.entries(was.properties ?? {})) {
    const now = is.properties?.[name];
    if (!now) lost.push(`${at}.${name} is not answered any more`);
    else lost.push(...less(resolved(one, before), resolved(now, after), `${at}.${name}`, before, after));
  }
  for (const name of was.required ?? [])
    if (is.properties?.[name] && !is.required?.includes(name)) lost.push(`${at}: ${name} may be missing`);
  if (was.items && is.items)
    lost.push(...less(resolved(was.items, before), resolved(is.items, after), `${at}[]`, before, after));
  return lost;
}
