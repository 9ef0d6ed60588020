// What /api/health/ready and /api/metrics say, and to whom.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { forgetEnv } from "~/server/config/env";
import { googleOrigin, objectStoreOrigin, sentryOrigin } from "~/server/config/origins";
import { closeClients } from "~/server/db/client";
import { databaseListener } from "~/server/db/listener";
import { isOperator } from "~/server/http/operator";
import { mergedMetrics } from "./cluster-metrics";
import { readiness } from "./readiness";

const before = { ...process.env };
const held = globalThis as {
  __tenantryListener?: unknown;
  __tenantryObjectStore?: unknown;
  __tenantryMailer?: unknown;
};
async function use(settings: Record<string, string | undefined>) {
  await closeClients();
  Object.assign(process.env, before);
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  delete held.__tenantryObjectStore;
  delete held.__tenantryMailer;
  forgetEnv();
}
const servers: Server[] = [];
afterEach(() => use({}));
afterAll(async () => {
  await databaseListener().close();
  await closeClients();
  for (const server of servers) server.close();
});
const engine = async (status: number) => {
  const server = createServer((_, response) => response.writeHead(status).end());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** What it settles on: on a busy machine the first questions of a process take longer than they may. */
const settled = (wanted: string) =>
  vi.waitFor(
    async () => {
      const answer = await readiness();
      expect(answer.status).toBe(wanted);
      return answer;
    },
    { timeout: 25_000, interval: 100 },
  );

describe("readiness", () => {
  it("is ok when everything that is set up answers, and names what is not set up", async () => {
    await use({ INNGEST_BASE_URL: await engine(200), SMTP_URL: undefined, S3_BUCKET: undefined });
    await vi.waitFor(() => expect(databaseListener().isFresh()).toBe(true));
    expect(await settled("ok")).toEqual({
      status: "ok",
      dependencies: {
        database: "ok",
        database_system: "ok",
        database_listener: "ok",
        inngest: "ok",
        mail: "not_configured",
        files: "not_configured",
      },
    });
  });

  it("is degraded when something that requests can do without is down", async () => {
    await use({
      INNGEST_BASE_URL: await engine(500),
      SMTP_URL: "smtp://127.0.0.1:1",
      S3_BUCKET: "bucket",
      S3_ENDPOINT: "http://127.0.0.1:1",
    });
    const { dependencies } = await settled("degraded");
    expect(dependencies).toMatchObject({ database: "ok", inngest: "down", mail: "down", files: "down" });
  });

  it.each(["DATABASE_URL", "DATABASE_SYSTEM_URL"])("is down without %s, within seconds", async (name) => {
    await use({ [name]: "postgresql://a:b@127.0.0.1:1/c", INNGEST_BASE_URL: await engine(200) });
    const began = performance.now();
    expect((await readiness()).status).toBe("down");
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe("the inside of the machine", () => {
  const asks = (authorization?: string) => isOperator(new Headers(authorization ? { authorization } : {}));

  it("is open in local, and elsewhere only to whoever holds the token", async () => {
    expect(asks()).toBe(true);
    const token = "0123456789abcdef";
    const dev = { APP_ENV: "dev", SMTP_URL: "smtp://h", METRICS_TOKEN: token, GOOGLE_ISSUER: undefined };
    await use(dev);
    expect(asks(`Bearer ${token}`)).toBe(true);
    for (const wrong of [
      undefined,
      "Bearer ",
      `Bearer ${token}x`,
      `Basic ${token}`,
      token,
      "Bearer 0123456789abcdeX",
    ]) {
      expect(asks(wrong)).toBe(false);
    }
  });

  it("is told in Prometheus' format, with nothing but bounded labels", async () => {
    const { text, contentType } = await mergedMetrics();
    expect(contentType).toContain("text/plain");
    expect(text).toContain("# TYPE tenantry_api_procedure_seconds histogram");
    const labels = [...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name!);
    const bounded = ["procedure", "outcome", "task_type", "status", "method", "reason", "template", "le"];
    const ofNode = ["version", "major", "minor", "patch", "type", "kind", "space", "quantile"];
    expect([...new Set(labels)].filter((name) => ![...bounded, ...ofNode].includes(name))).toEqual([]);
  });
});

describe("foreign origins of a page", () => {
  it("are those that are set up, and no more", async () => {
    await use({
      S3_BUCKET: undefined,
      GOOGLE_CLIENT_ID: undefined,
      GOOGLE_CLIENT_SECRET: undefined,
      SENTRY_DSN: undefined,
    });
    expect([objectStoreOrigin(), googleOrigin(), sentryOrigin()]).toEqual([null, null, null]);
    await use({
      S3_BUCKET: "files",
      S3_ENDPOINT: undefined,
      AWS_REGION: "eu-west-1",
      GOOGLE_CLIENT_ID: "i",
      GOOGLE_CLIENT_SECRET: "s",
      GOOGLE_ISSUER: undefined,
      SENTRY_DSN: "https://key@sentry.example/1",
    });
    expect(objectStoreOrigin()).toBe("https://files.s3.eu-west-1.amazonaws.com");
    expect(googleOrigin()).toBe("https://accounts.google.com");
    expect(sentryOrigin()).toBe("https://sentry.example");
    await use({
      S3_BUCKET: "files",
      S3_ENDPOINT: undefined,
      AWS_REGION: "eu-west-1",
      S3_FORCE_PATH_STYLE: "true",
    });
    expect(objectStoreOrigin()).toBe("https://s3.eu-west-1.amazonaws.com");
    await use({ S3_BUCKET: "files", S3_ENDPOINT: "http://127.0.0.1:9000/base" });
    expect(objectStoreOrigin()).toBe("http://127.0.0.1:9000");
  });
});
