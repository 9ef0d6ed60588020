import { describe, expect, it } from "vitest";

import { neighbour, peekWidth } from "./peek-place";

describe("neighbour", () => {
  const ids = ["a", "b", "c"];

  it("goes row by row and stops at the ends", () => {
    expect(neighbour(ids, "a", 1)).toBe("b");
    expect(neighbour(ids, "c", 1)).toBeNull();
    expect(neighbour(ids, "b", -1)).toBe("a");
    expect(neighbour(ids, "a", -1)).toBeNull();
  });

  it("begins at the top when the row that is shown is not on this page of the list", () => {
    expect(neighbour(ids, "gone", 1)).toBe("a");
    expect(neighbour(ids, "gone", -1)).toBeNull();
    expect(neighbour([], "gone", 1)).toBeNull();
  });
});

describe("peekWidth", () => {
  it("keeps what was wished where there is room", () => {
    expect(peekWidth(520, 1440)).toBe(520);
  });

  it("leaves the list enough to be read on a wide screen", () => {
    expect(peekWidth(960, 1440)).toBe(1440 - 240 - 420);
  });

  it("never covers all of a narrow screen, nor shrinks to a slit", () => {
    expect(peekWidth(960, 1000)).toBe(952);
    expect(peekWidth(20, 1440)).toBe(360);
    expect(peekWidth(480, 380)).toBe(360);
  });
});
