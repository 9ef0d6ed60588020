import { describe, expect, it } from "vitest";
import { DomainError, ERROR_FACES, notFound, type ErrorKind } from "~/kernel/errors";
import { problemResponse } from "./problem";

const ID = "01a1fc6b-7058-7098-bb69-c2208186bf46";
const told = async (error: unknown) => {
  const response = problemResponse(error, ID);
  return { response, body: (await response.json()) as Record<string, unknown> };
};

describe("a problem document", () => {
  it("has the status, type and title of its kind, for every kind", async () => {
    for (const kind of Object.keys(ERROR_FACES) as ErrorKind[]) {
      const { response, body } = await told(new DomainError(kind, "crm.some_code", "Words."));
      const { status, title } = ERROR_FACES[kind];
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("x-correlation-id")).toBe(ID);
      expect(body).toEqual({
        type: "https://tenantry.dev/problems/crm/some_code",
        title,
        status,
        detail: "Words.",
        code: "crm.some_code",
        correlation_id: ID,
      });
    }
  });

  it("names the fields that are wrong, and the facts that may be known", async () => {
    const fields = { email: ["Write a mail address."] };
    const { body } = await told(
      new DomainError("limit", "billing.limit", "Full.", { used: 3, allowed: 3 }, { fields }),
    );
    expect(body).toMatchObject({ errors: fields, error: { code: "billing.limit", used: 3, allowed: 3 } });
  });

  it("says in a header when to come back", async () => {
    const { response } = await told(
      new DomainError("too_many_requests", "kernel.too_many_requests", "Wait.", { retryAfterSeconds: 42 }),
    );
    expect(response.headers.get("retry-after")).toBe("42");
    expect((await told(notFound("job"))).response.headers.has("retry-after")).toBe(false);
  });

  it("tells nothing of what failed inside but the id to quote", async () => {
    const { response, body } = await told(new Error("password=hunter2 at /srv/secret.ts"));
    expect(response.status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|secret/);
    expect(body).toMatchObject({ code: "kernel.internal", correlation_id: ID });
  });
});
