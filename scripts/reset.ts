// Throws the local state away: database, mails, files, secrets, logs.
import fs from "node:fs";
import { dataFolder } from "./services/postgres";
import { endLeftovers } from "./stack";
import { homeFolder } from "./state";

const home = homeFolder();
await endLeftovers(home, console.log, true);
if (fs.existsSync(home)) fs.rmSync(dataFolder(home), { recursive: true, force: true });
fs.rmSync(home, { recursive: true, force: true });
console.log(`${home} is gone; the next \`npm run dev\` begins anew.`);
