import process from "node:process";

/** npm puts a shell between itself and a command, which may die of a signal without passing it on; then `end` is called. */
export function whenNpmEnds(end) {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}
