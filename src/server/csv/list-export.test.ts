import { expect, it } from "vitest";
import { csvText } from "./list-export";

it("takes the sting out of cells that a spreadsheet would run", () => {
  const text = csvText([["=1+1", "+49 30", "-1", "@me", "\tx", "plain", -5, null]]);
  expect(text).toBe("'=1+1,'+49 30,'-1,'@me,'\tx,plain,-5,\r\n");
});

it("writes instants in UTC and quotes what needs it", () => {
  expect(csvText([[new Date("2026-01-02T03:04:05Z"), 'a "b", c', "two\nlines"]])).toBe(
    '2026-01-02T03:04:05.000Z,"a ""b"", c","two\nlines"\r\n',
  );
});
