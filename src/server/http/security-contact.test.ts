import { expect, it } from "vitest";
import { securityText } from "./security-contact";

const NOW = new Date("2026-11-21T10:00:00.000Z");
const fields = (text: string) =>
  Object.fromEntries(
    text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/: (.*)/).slice(0, 2)),
  ) as Record<string, string>;

it("says whom to tell, where it stands, and for how long: less than a year", () => {
  const told = fields(securityText({ APP_URL: "https://app.test" }, NOW));
  expect(told).toEqual({
    Contact: "mailto:security@app.test",
    Expires: "2027-05-20T10:00:00Z",
    "Preferred-Languages": "en",
    Canonical: "https://app.test/.well-known/security.txt",
  });
});

it("names the contact that was set", () => {
  const settings = { APP_URL: "https://app.test", SECURITY_CONTACT: "https://app.test/report" };
  expect(fields(securityText(settings, NOW)).Contact).toBe("https://app.test/report");
});
