// The process of the Google emulator.
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

// The emulator gives its users new random subjects at each start, so that someone who signed in yesterday would
// be a stranger today. While it seeds, "random" is the same sequence each time; afterwards it is random again.
const { randomBytes } = crypto;
let drawn = 0;
crypto.randomBytes = (size) =>
  crypto
    .createHash("shake256", { outputLength: size })
    .update(`tenantry ${(drawn += 1)}`)
    .digest();
syncBuiltinESMExports();

const { createEmulator } = await import("emulate");
const server = await createEmulator({
  service: "google",
  port: Number(process.argv[2]?.replace("--port=", "")),
  hostname: "127.0.0.1",
  baseUrl: process.env.EMULATOR_BASE_URL,
  seed: JSON.parse(process.env.EMULATOR_SEED ?? "{}"),
});
crypto.randomBytes = randomBytes;
syncBuiltinESMExports();
console.log(`google answers at ${server.url}`);
