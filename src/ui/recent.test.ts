import { describe, expect, it } from "vitest";

import { parseRecent, withRecent } from "./recent";

const place = (n: number) => ({ href: `/p/${n}`, title: `Place ${n}`, kind: "page" });

describe("recent places", () => {
  it("puts the newest first and each once", () => {
    expect(withRecent([place(1), place(2)], place(2))).toEqual([place(2), place(1)]);
  });

  it("keeps eight", () => {
    const many = Array.from({ length: 12 }, (_, at) => place(at)).reduce<ReturnType<typeof withRecent>>(
      (list, one) => withRecent(list, one),
      [],
    );
    expect(many.map(({ href }) => href)).toEqual([11, 10, 9, 8, 7, 6, 5, 4].map((n) => `/p/${n}`));
  });

  it("takes what is broken, or somebody else's, for nothing", () => {
    expect(parseRecent(null)).toEqual([]);
    expect(parseRecent("{")).toEqual([]);
    expect(parseRecent('{"href":"/x"}')).toEqual([]);
    expect(parseRecent(JSON.stringify([place(1), { href: 3 }, null]))).toEqual([place(1)]);
  });
});
