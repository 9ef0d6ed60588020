import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { failed, passed, run, ToolMissing, type Check } from "./check";

const FOLDER = path.join("infra", "load");

/** k6 against an app that runs already; not part of `npm test`, because its numbers need a quiet machine. */
export const load: Check = {
  name: "load",
  title: "Load tests",
  async run(args) {
    const scripts = fs.existsSync(FOLDER)
      ? fs.readdirSync(FOLDER).filter((name) => name.endsWith(".js"))
      : [];
    if (scripts.length === 0) {
      console.log(`${FOLDER} holds no load test yet.`);
      return failed;
    }
    if (spawnSync("k6", ["version"]).status !== 0)
      throw new ToolMissing("k6", "`go install go.k6.io/k6@latest` installs it");
    const codes: number[] = [];
    for (const name of scripts) codes.push(await run("k6", ["run", path.join(FOLDER, name), ...args]));
    return codes.every((code) => code === 0) ? passed : failed;
  },
};
