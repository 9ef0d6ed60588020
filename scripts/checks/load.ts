import { runNode, failed, passed, type Check } from "./check";

/**
 * The production build under an open load. Not part of `npm test`: its figures need a quiet machine. It fails when a
 * request is not answered, not when one is slow; what was measured is printed beside its goal.
 */
export const load: Check = {
  name: "load",
  title: "Load test",
  async run() {
    const preloads = ["--import", "tsx", "--conditions=react-server"];
    if ((await runNode([...preloads, "scripts/build.ts"])) !== 0) return failed;
    return (await runNode([...preloads, "bench/requests.ts"])) === 0 ? passed : failed;
  },
};
