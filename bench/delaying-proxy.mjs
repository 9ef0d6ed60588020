// A network that takes its time: every chunk is passed on after so many milliseconds, in order, each way.
// Arguments: host port delayMs. Sends its own port to the parent.
import net from "node:net";

const [host, port, delay] = process.argv.slice(2);
const delayMs = Number(delay);

const passOn = (from, to) => {
  from.on("data", (chunk) => setTimeout(() => to.writable && to.write(chunk), delayMs));
  from.on("close", () => setTimeout(() => to.destroy(), delayMs));
  from.on("error", () => to.destroy());
};

const server = net.createServer({ noDelay: true }, (near) => {
  const far = net.connect({ host, port: Number(port), noDelay: true });
  passOn(near, far);
  passOn(far, near);
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit(0));
