import { spawn } from "node:child_process";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const preload = pathToFileURL(path.resolve("scripts/at-the-socket.mjs")).href;
// A server of another process, as Next's is; it says what it was asked.
const SERVER = `
  import http from "node:http";
  const server = http.createServer((request, response) =>
    response.end(JSON.stringify([request.method, request.headers["x-tenantry-socket-address"]])));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;
const child = spawn(process.execPath, ["--import", preload, "--input-type=module", "-e", SERVER], {
  stdio: ["ignore", "pipe", "inherit"],
});
let port = 0;
beforeAll(async () => {
  port = await new Promise<number>((told) => child.stdout.once("data", (line: Buffer) => told(Number(line))));
});
afterAll(() => child.kill());

const ask = (method: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: unknown }>((told, failed) =>
    http
      .request({ port, host: "127.0.0.1", method, headers }, (answer) => {
        let text = "";
        answer.on("data", (part: Buffer) => (text += part.toString()));
        answer.on("end", () =>
          told({ status: answer.statusCode!, headers: answer.headers, body: JSON.parse(text) as unknown }),
        );
      })
      .on("error", failed)
      .end(),
  );

it("tells the application the address that the socket saw, whatever a client writes there", async () => {
  const told = await ask("GET", { "x-tenantry-socket-address": "10.0.0.1" });
  expect(told.body).toEqual(["GET", "127.0.0.1"]);
});

it.each(["TRACE", "QUERY", "PROPFIND"])(
  "refuses %s, which nothing answers, as a problem document",
  async (method) => {
    const told = await ask(method);
    expect([told.status, told.headers["content-type"]]).toEqual([405, "application/problem+json"]);
    expect(told.headers.allow).toContain("GET");
    expect(told.body).toMatchObject({ status: 405, correlation_id: told.headers["x-correlation-id"] });
  },
);
