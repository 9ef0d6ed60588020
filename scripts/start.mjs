// Runs the production build: one primary that serves nothing, and WEB_CONCURRENCY workers around Next's own server.
// Plain JavaScript, because a server holds the build and Node, not our development packages.
import { spawn } from "node:child_process";
import cluster from "node:cluster";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { whenNpmEnds } from "./npm-shell.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const server = path.join(root, ".next", "standalone", "server.js");
const local = (process.env.APP_ENV ?? "local") === "local";
const GRACE_MS = 25_000;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that lived this long was healthy: its end does not count as a failed start. */
const HEALTHY_MS = 60_000;

const packaged = path.join(
  root,
  "node_modules",
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);
if (!fs.existsSync(server)) {
  console.error("There is no production build yet: run `npm run build` first.");
  process.exitCode = 1;
} else if (local && !process.env.DATABASE_URL) {
  passOn(process.execPath, [path.join(root, "scripts", "run.mjs"), "preview"]);
} else if (Number(process.versions.node.split(".")[0]) < 24 && fs.existsSync(packaged)) {
  passOn(packaged, [fileURLToPath(import.meta.url)]);
} else {
  runCluster();
}

function runCluster() {
  const count = Number(process.env.WEB_CONCURRENCY) || (local ? 1 : os.availableParallelism());
  let stopping = false;
  let failures = 0;
  const preload = pathToFileURL(path.join(root, "scripts", "at-the-socket.mjs")).href;
  cluster.setupPrimary({ exec: server, execArgv: [...process.execArgv, "--import", preload] });
  answerMetrics();

  const startWorker = () => {
    const worker = cluster.fork();
    const started = Date.now();
    worker.once("exit", (code, signal) => {
      if (stopping) return;
      failures = Date.now() - started > HEALTHY_MS ? 0 : failures + 1;
      const pauseMs = failures === 0 ? 0 : Math.min(250 * 2 ** failures, LONGEST_PAUSE_MS);
      log(
        "ERROR",
        `worker ${worker.process.pid} ended (${signal ?? code}); the next one starts in ${pauseMs} ms`,
      );
      setTimeout(() => !stopping && startWorker(), pauseMs);
    });
  };
  for (let started = 0; started < count; started += 1) startWorker();

  const stop = (signal) => {
    if (stopping) return;
    stopping = true;
    log("INFO", `${signal}: finishing requests in flight`);
    for (const worker of Object.values(cluster.workers)) worker.process.kill("SIGTERM");
    const left = () => Object.keys(cluster.workers).length;
    cluster.on("exit", () => left() === 0 && process.exit(0));
    if (left() === 0) process.exit(0);
    setTimeout(() => {
      log("ERROR", `${left()} workers did not finish within ${GRACE_MS} ms and are killed`);
      for (const worker of Object.values(cluster.workers)) worker.process.kill("SIGKILL");
    }, GRACE_MS).unref();
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  whenNpmEnds(() => stop("SIGTERM"));
}

/** Adds up the metrics of all workers for the one that was asked over HTTP. */
function answerMetrics() {
  const { AggregatorRegistry } = createRequire(server)("prom-client");
  const aggregator = new AggregatorRegistry();
  cluster.on("message", async (worker, message) => {
    if (message?.type !== "tenantry:metrics") return;
    const { id, type } = message;
    try {
      worker.send({ type, id, text: await aggregator.clusterMetrics(), contentType: aggregator.contentType });
    } catch (error) {
      worker.send({ type, id, error: error.message });
    }
  });
}

/** Another program does the work; signals and its end pass through. */
function passOn(program, args) {
  const child = spawn(program, args, { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  whenNpmEnds(() => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : code));
}

function log(level, msg) {
  console.log(JSON.stringify({ level, time: new Date().toISOString(), service: "primary", msg }));
}
