/**
 * How far the JavaScript heap may grow before garbage is collected. V8 waits until the old part of the heap is a multiple of
 * what lives in it; the database client's garbage outlives the young part, so a long import grew by 230 MB of nothing
 * that was still in use (bench/import-speed.ts). Half as much again keeps it within 150 MB, at a few per cent of CPU.
 */
import v8 from "node:v8";

const GROWTH_PERCENT = 50;

/** Once per process, at its start. */
export const collectEarlier = (): void => v8.setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
