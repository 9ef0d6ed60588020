import { expect, it } from "vitest";

import { isAtOrBelow } from "./path-match";

it.each([
  ["/o/acme/jobs", "/o/acme/jobs", true],
  ["/o/acme/jobs/", "/o/acme/jobs?status=failed", true],
  ["/o/acme/jobs/42", "/o/acme/jobs", true],
  ["/o/acme/jobs-archive", "/o/acme/jobs", false],
  ["/o/acme", "/", false],
  ["/", "/", true],
])("%s under %s: %s", (pathname, href, expected) => {
  expect(isAtOrBelow(pathname, href)).toBe(expected);
});

it("leaves out the pages below when it must match exactly", () => {
  expect(isAtOrBelow("/o/acme/settings/keys", "/o/acme/settings", true)).toBe(false);
});
