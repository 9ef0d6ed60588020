/** The running copy that the tests visit. */
import fs from "node:fs";
import path from "node:path";

const home = path.resolve(process.env.TENANTRY_HOME ?? ".tenantry");

type Reached = { app: string; mail: string; postgres: { owner: string }; stripe?: string };

export const stack = {
  home,
  reached: (): Reached => JSON.parse(fs.readFileSync(path.join(home, "services.json"), "utf8")) as Reached,
};
