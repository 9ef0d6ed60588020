import fs from "node:fs";
import { expect, it } from "vitest";
import type { OpenApi } from "./document";
import { referenceOf } from "./reference";

const document = JSON.parse(fs.readFileSync("docs/openapi.json", "utf8")) as OpenApi;
const { groups, events } = referenceOf(document);
const all = groups.flatMap(({ operations }) => operations);
const of = (method: string, path: string) =>
  all.find((one) => one.method === method && one.path === `/api/v1${path}`)!;

it("shows every operation once, each in its group, and every event", () => {
  const written = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(all).toHaveLength(written.length);
  expect(new Set(all.map(({ id }) => id)).size).toBe(written.length);
  expect(new Set(groups.map(({ slug }) => slug)).size).toBe(groups.length);
  expect(events.map(({ type }) => type)).toEqual(Object.keys(document.webhooks));
});

it("tells fields by their place, with types in words, choices and what must be given", () => {
  const fields = of("PATCH", "/companies/{id}").fields;
  expect(fields.find(({ name }) => name === "id")).toMatchObject({
    place: "path",
    type: "uuid",
    isRequired: true,
  });
  expect(fields.find(({ name }) => name === "industry")).toMatchObject({
    place: "body",
    type: "string or null",
  });
  expect(fields.find(({ name }) => name === "If-Match")).toMatchObject({
    place: "header",
    isRequired: false,
  });
  const sort = of("GET", "/companies").fields.find(({ name }) => name === "sort")!;
  expect(sort.choices).toContain("-created");
  const answered = of("GET", "/companies").answer.fields.map(({ name }) => name);
  expect(answered).toEqual(expect.arrayContaining(["data", "data[].name", "data[].owner.id", "next_cursor"]));
});

it("writes calls that can be sent as they are, once the ids are filled in", () => {
  const { samples, body } = of("PATCH", "/companies/{id}");
  expect(samples.curl).toContain('-X PATCH "https://tenantry.example/api/v1/companies/$ID"');
  expect(samples.curl).toContain(`-d '{"notes":"Asked for a quote in May."}'`);
  expect(samples.typescript).toContain('await api.PATCH("/api/v1/companies/{id}", {');
  expect(JSON.parse(body!)).toEqual({ notes: "Asked for a quote in May." });
  expect(of("GET", "/companies").samples.curl).not.toContain("-X");
  expect(of("DELETE", "/companies/{id}")).toMatchObject({
    body: null,
    answer: { status: 204, sample: null },
  });
});

it("gives samples of every answer and event that are JSON and hold no schema", () => {
  for (const { answer, path } of all) {
    if (answer.sample === null) continue;
    expect([path, typeof JSON.parse(answer.sample)]).toEqual([path, "object"]);
    expect(answer.sample).not.toContain("$ref");
  }
  const created = JSON.parse(events.find(({ type }) => type === "company.created")!.sample) as unknown;
  expect(created).toMatchObject({
    type: "company.created",
    data: { record: { name: expect.any(String) as string } },
  });
});

it("says of an operation that no key may that none may", () => {
  expect(of("DELETE", "/members/{user_id}").scope).toBeNull();
  expect(of("GET", "/members").scope).toBe("members:read");
});
