// Preloaded into the server (--import): what only the socket's own side can do, before Next sees a request.
//
// It tells the application the address that the socket saw. Next shows a request's headers only, and a client may write into
// X-Forwarded-For whatever it likes; this header it can't set.
//
// It refuses methods that nothing here answers: TRACE no Request can carry (Fetch standard), so Next would answer 500, and
// what is new to it (QUERY) 400 without a word.
import { randomUUID } from "node:crypto";
import http from "node:http";

const HEADER = "x-tenantry-socket-address"; // as in src/server/http/trace.ts
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const emit = http.Server.prototype.emit;

http.Server.prototype.emit = function (event, ...args) {
  if (event === "request") {
    const [request, response] = args;
    if (!METHODS.includes(request.method)) return refuse(response);
    request.headers[HEADER] = request.socket.remoteAddress ?? "";
  }
  return emit.call(this, event, ...args);
};

function refuse(response) {
  const id = randomUUID();
  const problem = {
    type: "https://tenantry.dev/problems/kernel/method_closed",
    title: "This method is not for this address",
    status: 405,
    detail: "Nothing here answers this method.",
    code: "kernel.method_closed",
    correlation_id: id,
  };
  response.writeHead(405, {
    allow: METHODS.join(", "),
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-correlation-id": id,
    // A body may be on its way that nobody reads.
    connection: "close",
  });
  response.end(JSON.stringify(problem));
  return true;
}
