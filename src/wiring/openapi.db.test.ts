// The document that programs are written from: valid, complete, committed, and only ever gaining.
import fs from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { lostBetween } from "~/server/rest/compatibility";
import type { OpenApi } from "~/server/rest/document";
import { routesOf } from "~/server/rest/table";
import { z } from "zod";
import { restDocument } from "./rest";
import { appRouter } from "./routers";

const COMMITTED = "docs/openapi.json";
const routes = routesOf(appRouter);
const document = restDocument("https://tenantry.example");
const committed = () => JSON.parse(fs.readFileSync(COMMITTED, "utf8")) as OpenApi;
const written = `${JSON.stringify(document, null, 2)}\n`;

describe("the document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(JSON.parse(written) as Record<string, unknown>);
    expect(result).toMatchObject({ valid: true });
  });

  it("is the one that is committed (UPDATE_OPENAPI=1 writes it)", () => {
    if (process.env.UPDATE_OPENAPI === "1") {
      // What was promised is not overwritten.
      expect(lostBetween(committed(), document)).toEqual([]);
      fs.writeFileSync(COMMITTED, written);
    }
    expect(fs.readFileSync(COMMITTED, "utf8")).toBe(written);
  });

  it("leads to a schema wherever it names one", () => {
    const names = [...written.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path!.split("/"));
    expect(names).not.toEqual([]);
    const missing = names.filter(
      (path) =>
        path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document) ===
        undefined,
    );
    expect(missing).toEqual([]);
  });

  it("has no name in camelCase, and no schema that says nothing of a field", () => {
    const wrong: string[] = [];
    const look = (schema: Record<string, unknown>, at: string) => {
      for (const [name, one] of Object.entries(
        (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
      )) {
        if (/[A-Z]/.test(name)) wrong.push(`${at}.${name}`);
        if (!["type", "$ref", "anyOf", "oneOf", "allOf", "enum", "const"].some((key) => key in one))
          wrong.push(`${at}.${name} has no type`);
        look(one, `${at}.${name}`);
      }
    };
    for (const [name, schema] of Object.entries(document.components.schemas)) look(schema, name);
    expect(wrong).toEqual([]);
  });

  it("gives every operation words, a group, its refusals and a name of its own", () => {
    const operations = Object.values(document.paths).flatMap((one) => Object.values(one));
    expect(operations.length).toBe(routes.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { summary, tags, responses, operationId } of operations) {
      expect([operationId, summary.length > 0, tags.length]).toEqual([operationId, true, 1]);
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(["400", "401", "403", "404", "429", "500"]),
      );
    }
  });
});

describe("a route", () => {
  const Id = z.object({ id: z.uuid() });
  const base = {
    method: "GET",
    path: "/things/{id}",
    tag: "Things",
    summary: "Get it",
    answer: "Thing",
  } as const;
  const made = (meta: object, output?: z.ZodType) => {
    const procedure = orgProcedure.meta(meta).input(Id);
    return router({ one: (output ? procedure.output(output) : procedure).query(() => ({ id: "" })) });
  };

  it("must have a permission, an output, a summary, an answer and fields for its path", () => {
    expect(() => routesOf(made({ rest: base }, Id))).toThrow("names no permission");
    expect(() => routesOf(made({ permission: "crm.read", rest: base }))).toThrow("has no output");
    const rest = (changed: object) => ({ permission: "crm.read", rest: { ...base, ...changed } });
    expect(() => routesOf(made(rest({ summary: " " }), Id))).toThrow("has no summary");
    expect(() => routesOf(made(rest({ answer: undefined }), Id))).toThrow("names no answer");
    expect(() => routesOf(made(rest({ path: "/things/{name}" }), Id))).toThrow("no field of its input");
    expect(() => routesOf(made(rest({ record: "crm.companies.get" }), Id))).toThrow("has no route");
    expect(routesOf(made(rest({}), Id))).toHaveLength(1);
  });

  it("may not take another’s place, whatever the names in its path", () => {
    const at = (path: `/${string}`) =>
      orgProcedure
        .meta({ permission: "crm.read", rest: { ...base, path } })
        .input(z.object({ id: z.uuid(), other: z.uuid() }))
        .output(Id)
        .query(() => ({ id: "" }));
    expect(() => routesOf(router({ a: at("/things/{id}"), b: at("/things/{other}") }))).toThrow(
      "another procedure has",
    );
  });

  it("is a plural noun in kebab-case, with verbs only behind a record", () => {
    for (const { path } of routes) expect(path).toMatch(/^(?:\/(?:[a-z]+(?:-[a-z]+)*|\{[a-z_]+\}))+$/);
  });
});

describe("what is promised", () => {
  const changed = (change: (copy: OpenApi) => void) => {
    const copy = structuredClone(document);
    change(copy);
    return lostBetween(document, copy);
  };
  const companies = (copy: OpenApi) => copy.paths["/api/v1/companies"]!;

  it("is kept by the document as it is against the one before", () => {
    expect(lostBetween(committed(), document)).toEqual([]);
  });

  it("is lost with a path, a method, an answer or a field of one", () => {
    expect(changed((copy) => delete copy.paths["/api/v1/tags"])).toEqual(["/api/v1/tags is gone"]);
    expect(changed((copy) => delete companies(copy).post)).toEqual(["POST /api/v1/companies is gone"]);
    expect(changed((copy) => delete copy.components.schemas.Company!.properties!.city)).toContainEqual(
      expect.stringContaining("city is not answered any more"),
    );
    expect(
      changed((copy) => {
        copy.components.schemas.Company!.properties!.employee_count = { type: "string" };
      }),
    ).toContainEqual(expect.stringContaining("employee_count"));
    expect(
      changed((copy) => {
        const schema = copy.components.schemas.Company!;
        schema.required = schema.required!.filter((name) => name !== "name");
      }),
    ).toContainEqual(expect.stringContaining("name may be missing"));
  });

  it("is lost when more is asked of a caller", () => {
    const bodyOf = (copy: OpenApi) => companies(copy).post!.requestBody!.content["application/json"]!.schema;
    expect(changed((copy) => bodyOf(copy).required!.push("domain"))).toContainEqual(
      expect.stringContaining("domain must be sent"),
    );
    expect(changed((copy) => delete bodyOf(copy).properties!.city)).toContainEqual(
      expect.stringContaining("city is not taken any more"),
    );
    expect(
      changed((copy) => {
        companies(copy).get!.parameters = companies(copy).get!.parameters.filter(
          ({ name }) => name !== "sort",
        );
      }),
    ).toContainEqual(expect.stringContaining("sort is not taken any more"));
    expect(
      changed((copy) => {
        const { schema } = companies(copy).get!.parameters.find(({ name }) => name === "limit")!;
        schema.maximum = 10;
      }),
    ).toContainEqual(expect.stringContaining("maximum"));
    expect(
      changed((copy) => {
        const { schema } = companies(copy).get!.parameters.find(({ name }) => name === "sort")!;
        schema.enum = schema.enum!.slice(1);
      }),
    ).toContainEqual(expect.stringContaining("takes fewer values"));
  });

  it("is lost with an event, and with what one brings", () => {
    expect(changed((copy) => delete copy.webhooks["company.created"])).toEqual([
      "company.created is told no more",
    ]);
    expect(
      changed((copy) => {
        const { schema } = copy.webhooks["job.failed"]!.post.requestBody.content["application/json"]!;
        delete schema.properties!.data!.properties!.actor_id;
      }),
    ).toContainEqual(expect.stringContaining("actor_id is not answered any more"));
  });

  it("is kept when something is added", () => {
    expect(
      changed((copy) => {
        copy.paths["/api/v1/deals"] = { get: structuredClone(companies(copy).get!) };
        copy.components.schemas.Company!.properties!.logo_url = { type: "string" };
        companies(copy).post!.requestBody!.content["application/json"]!.schema.properties!.vat = {
          type: "string",
        };
        companies(copy).get!.parameters.push({ name: "vat", in: "query", schema: { type: "string" } });
      }),
    ).toEqual([]);
  });
});
