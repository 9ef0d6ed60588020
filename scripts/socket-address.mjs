// Preloaded into the server (--import): tells the application the address that the socket saw. Next shows a request's
// headers only, and a client may write into X-Forwarded-For whatever it likes; this header it can't set.
import http from "node:http";

const HEADER = "x-tenantry-socket-address"; // as in src/server/http/trace.ts
const emit = http.Server.prototype.emit;

http.Server.prototype.emit = function (event, ...args) {
  if (event === "request") {
    const [request] = args;
    request.headers[HEADER] = request.socket.remoteAddress ?? "";
  }
  return emit.call(this, event, ...args);
};
