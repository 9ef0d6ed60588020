import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Environment } from "../environment";
import { answers } from "../processes";
import { supervise, type Service } from "./service";

export interface AppOptions {
  mode: "development" | "production";
  url: string;
  environment: Environment;
}

/** Our own Next.js app: compiled as it is visited, or the production build. */
export const app: Service<{ url: string }, AppOptions> = {
  name: "app",
  async start(context, { mode, url, environment }) {
    const { port } = new URL(url);
    const next = path.join(context.root, "node_modules", "next", "dist", "bin", "next");
    const preload = pathToFileURL(path.join(context.root, "scripts", "at-the-socket.mjs")).href;
    const args =
      mode === "development"
        ? [next, "dev", "--hostname", "localhost", "--port", port]
        : [path.join(context.root, "scripts", "start.mjs")];
    return supervise(
      context,
      { url },
      {
        name: "app",
        launch: {
          program: process.execPath,
          args,
          cwd: context.root,
          echo: mode === "development",
          env: {
            ...environment,
            NODE_ENV: mode,
            NODE_OPTIONS: `--disable-warning=DEP0169 --import=${preload}`,
          },
        },
        probe: () => answers(`${url}/api/health/live`),
        timeoutMs: 120_000,
        mark: args[0]!,
        graceMs: 15_000,
      },
    );
  },
};
