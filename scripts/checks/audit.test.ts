import { expect, it } from "vitest";
import { holesIn } from "./audit";

const now = new Date("2026-11-21");
const url = "https://advisories.example/1";
const report = (severity: "moderate" | "high") => ({
  vulnerabilities: {
    leftish: { severity, via: [{ url, title: "Runs what it is sent", severity }] },
    uses: { severity, via: ["leftish"] },
  },
});

it("tells a high advisory once, and leaves lesser ones alone", () => {
  expect(holesIn(report("high"), now)).toEqual([`leftish: Runs what it is sent (high), ${url}`]);
  expect(holesIn(report("moderate"), now)).toEqual([]);
});

it("believes an exception until its day, and not after", () => {
  const accepted = (until: string) => ({ [url]: { because: "never called by us", until } });
  expect(holesIn(report("high"), now, accepted("2026-12-01"))).toEqual([]);
  expect(holesIn(report("high"), now, accepted("2026-11-20"))).toHaveLength(1);
});
