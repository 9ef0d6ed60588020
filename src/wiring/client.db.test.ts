// The published client against the real handler: what its types say is what comes.
import { expect, it } from "vitest";
import { tenantry } from "../../clients/typescript";
import { signSession } from "~/server/auth/session-token";
import { env } from "~/server/config/env";
import { testOrg, unique } from "~/testing/tenants";
import { answerRest } from "./rest";

it("creates, changes under a condition, lists and is refused, all of it typed", async () => {
  const org = await testOrg();
  const { userId, sessionId } = org.users[0]!;
  const api = tenantry({
    key: await signSession(userId, sessionId),
    organization: org.slug,
    baseUrl: env().APP_URL,
    fetch: answerRest,
  });
  const made = await api.POST("/api/v1/companies", {
    params: { header: { "Idempotency-Key": unique("key") } },
    body: { name: "Analytical Engines", employee_count: 42 },
  });
  expect(made.data).toMatchObject({ name: "Analytical Engines", employee_count: 42 });
  const { id } = made.data!;
  const etag = made.response.headers.get("etag")!;
  const change = (city: string) =>
    api.PATCH("/api/v1/companies/{id}", {
      params: { path: { id }, header: { "If-Match": etag } },
      body: { city },
    });
  expect((await change("London")).data?.city).toBe("London");
  expect((await change("Paris")).error).toMatchObject({ status: 412, code: "rest.stale" });
  const listed = await api.GET("/api/v1/companies", { params: { query: { search: "analytical" } } });
  expect(listed.data?.data.map((company) => company.id)).toEqual([id]);
  expect(listed.data?.next_cursor).toBeNull();
  const gone = await api.DELETE("/api/v1/companies/{id}", { params: { path: { id } } });
  expect(gone.response.status).toBe(204);
});
