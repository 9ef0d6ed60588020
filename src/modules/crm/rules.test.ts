import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bulkChangeOf,
  canRestore,
  contactName,
  countryCodeOf,
  countryName,
  domainOf,
  employeeCountOf,
  foldRepeated,
  freshTone,
  isNamed,
  keptCells,
  looksLikeHeader,
  mappingProblem,
  phoneOf,
  readRow,
  splitFullName,
  suggestMapping,
  suggestTake,
  VALUES,
  type ImportField,
} from "./rules";

describe("one value", () => {
  it.each([
    ["https://www.Example.com/about?x=1", "example.com"],
    ["EXAMPLE.com.", "example.com"],
    ["  www.example.co.uk ", "example.co.uk"],
    ["www.com", "www.com"],
    ["http://example.com:8080", "example.com"],
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["acme", null],
    ["192.168.0.1", null],
    ["info@example.com", null],
    ["exa mple.com", null],
    ["ftp://example.com", null],
    ["https://", null],
    ["-bad-.com", null],
    ["", null],
  ])("writes the domain %j as %j", (text, domain) => expect(domainOf(text)).toBe(domain));

  it("writes a domain the same when it is written again", () => {
    fc.assert(
      fc.property(fc.domain(), (text) => {
        const once = domainOf(text);
        if (once !== null) expect(domainOf(once)).toBe(once);
      }),
    );
  });

  it.each([
    ["+49 (0)30 / 123-456", "+49 (0)30 / 123-456"],
    ["  030   123456  ", "030 123456"],
    ["555-0100 ext. 12", "555-0100 ext. 12"],
    ["٠١٢٣٤٥٦", "٠١٢٣٤٥٦"],
    ["12", null],
    ["call me", null],
    ["=1+1", null],
    ["1".repeat(41), null],
  ])("writes the phone number %j as %j", (text, phone) => expect(phoneOf(text)).toBe(phone));

  it.each([
    ["1200", 1200],
    ["1,200", 1200],
    ["1.200", 1200],
    ["1 200 000", 1_200_000],
    ["1'200", 1200],
    ["12.0", 12],
    ["٤٢", 42],
    ["0", 0],
    ["12.5", null],
    ["51-200", null],
    ["many", null],
    ["-3", null],
    ["99999999999", null],
  ])("reads the head count %j as %j", (text, count) => expect(employeeCountOf(text)).toBe(count));

  it.each([
    ["de", "DE"],
    ["Germany", "DE"],
    ["Deutschland", "DE"],
    ["allemagne", "DE"],
    ["ALEMANIA", "DE"],
    ["الكويت", "KW"],
    ["UK", "GB"],
    ["U.S.A.", "US"],
    ["Cote d’Ivoire", "CI"],
    ["Atlantis", null],
    ["XX", null],
  ])("reads the country %j as %j", (text, code) => expect(countryCodeOf(text)).toBe(code));

  it("knows what a country is called", () => expect(countryName("KW", "en")).toBe("Kuwait"));

  it.each([
    ["Jane Doe", "Jane", "Doe"],
    ["Doe, Jane", "Jane", "Doe"],
    ["Mary Jane  Watson", "Mary Jane", "Watson"],
    ["Cher", null, "Cher"],
    ["Doe,", null, "Doe"],
    ["", null, null],
  ])("splits the name %j", (text, firstName, lastName) =>
    expect(splitFullName(text)).toEqual({ firstName, lastName }),
  );

  it("calls a contact by name, else by mail address, never by nothing", () => {
    expect(contactName({ firstName: "Jane", lastName: null, email: "j@example.com" })).toBe("Jane");
    expect(contactName({ firstName: null, lastName: null, email: "j@example.com" })).toBe("j@example.com");
    expect(contactName({ firstName: null, lastName: null, email: null })).toBe("Unnamed contact");
  });

  it("brings a record back for 30 days and no longer", () => {
    const deletedAt = new Date("2026-01-01T00:00:00Z");
    expect(canRestore(deletedAt, new Date("2026-01-31T00:00:00Z"))).toBe(true);
    expect(canRestore(deletedAt, new Date("2026-01-31T00:00:00.001Z"))).toBe(false);
  });
});

describe("columns", () => {
  it.each([
    [
      "company",
      ["Company Name", "Website", "# Employees", "Land", "x"],
      ["name", "domain", "employeeCount", "country", null],
    ],
    [
      "company",
      ["Firma", "Webseite", "Branche", "Ort", "Notiz"],
      ["name", "domain", "industry", "city", "notes"],
    ],
    ["company", ["Société", "Téléphone", "Effectif"], ["name", "phone", "employeeCount"]],
    ["company", ["اسم الشركة", "المدينة", "الدولة"], ["name", "city", "country"]],
    [
      "contact",
      ["First_Name", "LAST NAME", "E-Mail", "Company"],
      ["firstName", "lastName", "email", "company"],
    ],
    [
      "contact",
      ["Vorname", "Nachname", "E-Mail-Adresse", "Firma", "Funktion"],
      ["firstName", "lastName", "email", "company", "jobTitle"],
    ],
    ["contact", ["Prénom", "Nom", "Courriel", "Poste"], ["firstName", "lastName", "email", "jobTitle"]],
    ["contact", ["Nombre", "Apellidos", "Correo electrónico"], ["firstName", "lastName", "email"]],
    ["contact", ["Name", "Email", "Email"], ["fullName", "email", null]],
  ] as const)("knows %s columns by %j", (entity, headers, fields) => {
    const expected = fields.map((field) => field as ImportField | null);
    const given = headers.map((header) => (header === "# Employees" ? "Employees" : header));
    expect(suggestMapping(entity, given)).toEqual(expected);
  });

  it("takes the first row as names of columns when it names them, and as data when it is data", () => {
    expect(
      looksLikeHeader("company", [
        ["Name", "Website"],
        ["Acme", "acme.com"],
      ]),
    ).toBe(true);
    expect(
      looksLikeHeader("company", [
        ["Acme", "acme.com"],
        ["Globex", "globex.com"],
      ]),
    ).toBe(false);
    expect(
      looksLikeHeader("contact", [
        ["Wer", "Was"],
        ["Jane", "jane@example.com"],
      ]),
    ).toBe(true);
    expect(
      looksLikeHeader("contact", [
        ["Jane", "Doe"],
        ["John", "Roe"],
      ]),
    ).toBe(false);
    expect(looksLikeHeader("contact", [["", ""]])).toBe(false);
    expect(looksLikeHeader("contact", [])).toBe(false);
  });

  it("refuses a mapping that names nothing, one field twice, or a field of the other kind", () => {
    expect(mappingProblem("company", [null, "city"])).toMatch(/name or the domain/);
    expect(mappingProblem("contact", ["phone"])).toMatch(/name or the mail address/);
    expect(mappingProblem("company", ["name", "name"])).toMatch(/Two columns are set to “Name”/);
    expect(mappingProblem("company", ["name", "email"])).toMatch(/not a field here/);
    expect(mappingProblem("company", ["domain", null])).toBeNull();
  });
});

describe("rows", () => {
  const companies = (mapping: (ImportField | null)[]) => ({
    entity: "company" as const,
    mapping,
    columnCount: mapping.length,
  });
  const contacts = (mapping: (ImportField | null)[]) => ({
    ...companies(mapping),
    entity: "contact" as const,
  });

  it("writes a company down as it is stored", () => {
    const read = readRow(companies(["name", "domain", "employeeCount", "country", null, "phone"]), [
      " Acme   Inc ",
      "https://www.acme.com/",
      "1,200",
      "Kuwait",
      "left out",
      "",
    ]);
    expect(read).toEqual({
      ok: true,
      row: {
        name: "Acme Inc",
        domain: "acme.com",
        industry: null,
        employeeCount: 1200,
        phone: null,
        city: null,
        countryCode: "KW",
        notes: null,
      },
    });
  });

  it("keeps formulas as the text they are", () => {
    expect(readRow(companies(["name", "notes"]), ["=1+1", "@SUM(A1)"])).toMatchObject({
      row: { name: "=1+1", notes: "@SUM(A1)" },
    });
  });

  it("does not call a company by its domain when the name says the same", () => {
    expect(readRow(companies(["name", "domain"]), ["acme.com", "acme.com"])).toMatchObject({
      row: { name: null, domain: "acme.com" },
    });
  });

  it("names each bad cell with what stands in it and what to write instead", () => {
    const read = readRow(contacts(["email", "phone", "lastName"]), ["x", "none", "Doe"]);
    expect(read).toEqual({
      ok: false,
      reason:
        "The mail address “x” is not valid. Write a mail address like name@example.com. " +
        "The phone number “none” is not valid. Write a phone number: digits, blanks and + - ( ) . /.",
      cellProblems: {
        0: "Write a mail address like name@example.com.",
        1: "Write a phone number: digits, blanks and + - ( ) . /.",
      },
    });
  });

  it("cuts a long cell in the reason", () => {
    const read = readRow(companies(["name"]), ["x".repeat(300)]);
    expect(read).toMatchObject({
      reason: `The name “${"x".repeat(59)}…” is not valid. At most 200 characters.`,
    });
  });

  it("refuses rows of the wrong width, but not for empty cells at the end", () => {
    expect(readRow(companies(["name", "city"]), ["Acme"])).toMatchObject({
      reason: "This row has 1 cell, but the file has 2 columns.",
    });
    expect(readRow(companies(["name"]), ["Acme", "extra"])).toMatchObject({
      reason: "This row has 2 cells, but the file has 1 column.",
    });
    expect(readRow(companies(["name"]), ["Acme", "", " "])).toMatchObject({ ok: true });
  });

  it("refuses rows without anything to call the record by", () => {
    expect(readRow(companies(["name", "city"]), ["", "Berlin"])).toMatchObject({
      reason: "The row has neither a name nor a domain.",
    });
    expect(readRow(contacts(["email", "phone"]), ["", "030 1234"])).toMatchObject({
      reason: "The row has neither a name nor a mail address.",
    });
  });

  it("refuses control characters, which cannot be stored", () => {
    expect(readRow(companies(["name"]), ["Ac\u0000me"])).toMatchObject({ ok: false });
  });

  it("takes a contact's name in parts before the name in one piece", () => {
    const fields = contacts(["fullName", "firstName", "lastName"]);
    expect(readRow(fields, ["Someone Else", "Jane", ""])).toMatchObject({
      row: { firstName: "Jane", lastName: null },
    });
    expect(readRow(fields, ["Jane Doe", "", ""])).toMatchObject({
      row: { firstName: "Jane", lastName: "Doe" },
    });
  });

  it("finds a contact's company by domain when it is one, else by name", () => {
    const fields = contacts(["lastName", "company"]);
    const company = (cell: string) =>
      (readRow(fields, ["Doe", cell]) as { row: { company: unknown } }).row.company;
    expect(company("www.Acme.com")).toEqual({ name: "www.Acme.com", domain: "acme.com" });
    expect(company("St. Mary")).toEqual({ name: "St. Mary", domain: null });
    expect(company("")).toBeNull();
  });

  const keyed = fc.array(
    fc.record({
      key: fc.option(fc.constantFrom("a", "b", "c"), { nil: null }),
      name: fc.option(fc.constantFrom("x", "y"), { nil: null }),
      city: fc.option(fc.constantFrom("p", "q"), { nil: null }),
    }),
  );

  it("folds repeated rows to what taking them one by one would leave", () => {
    fc.assert(
      fc.property(keyed, (rows) => {
        const oneByOne = new Map<string, object>();
        for (const { key, ...row } of rows) {
          const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
          if (key !== null)
            oneByOne.set(key, { ...(oneByOne.get(key) ?? { name: null, city: null }), ...said });
        }
        const folded = foldRepeated(rows, (row) => row.key, "update");
        for (const [key, row] of oneByOne)
          expect(folded.find((one) => one.key === key)).toEqual({ key, ...row });
        expect(folded.filter((row) => row.key === null)).toEqual(rows.filter((row) => row.key === null));
      }),
    );
  });

  it("keeps the first of repeated rows when duplicates are skipped", () => {
    fc.assert(
      fc.property(keyed, (rows) => {
        const first = rows.filter(
          (row, i) => row.key === null || rows.findIndex((one) => one.key === row.key) === i,
        );
        expect(foldRepeated(rows, (row) => row.key, "skip")).toEqual(first);
      }),
    );
  });

  it("keeps of a refused row what can be stored, within bounds", () => {
    expect(keptCells(["a\u0000b", "\ud800", "x".repeat(600)])).toEqual([
      "ab",
      "\ufffd",
      `${"x".repeat(499)}…`,
    ]);
    const many = keptCells(Array.from({ length: 500 }, () => "x".repeat(400)));
    expect(many.join("").length).toBeLessThan(17_000);
  });
});

describe("many at once, tags and merging", () => {
  it("changes exactly one field, also to nothing", () => {
    expect(bulkChangeOf({ ownerId: null })).toEqual({ field: "ownerId", value: null });
    expect(bulkChangeOf({ countryCode: "DE", industry: undefined })).toEqual({
      field: "countryCode",
      value: "DE",
    });
    expect(() => bulkChangeOf({})).toThrow(RangeError);
    expect(() => bulkChangeOf({ ownerId: null, industry: "Food" })).toThrow(RangeError);
  });

  it("gives a new tag the colour that fewest have, and grey to none", () => {
    expect(freshTone([])).toBe("dye-1");
    expect(freshTone(["dye-1", "neutral", "dye-3"])).toBe("dye-2");
    expect(freshTone(["dye-1", "dye-2", "dye-3", "dye-4", "dye-5"])).toBe("dye-1");
    expect(freshTone(["dye-1", "dye-1", "dye-2", "dye-3", "dye-4", "dye-5"])).toBe("dye-2");
  });

  it("takes from the other record what the kept one lacks, and nothing it has", () => {
    const kept = { name: "Acme", phone: null, city: "Berlin", notes: undefined };
    const other = { name: "ACME", phone: "030 1234", city: null, notes: "Old", ownerId: null };
    expect(suggestTake("company", kept, other)).toEqual(["phone", "notes"]);
    expect(suggestTake("contact", { email: "a@b.c" }, { email: "x@y.z", companyId: "1" })).toEqual([
      "companyId",
    ]);
  });

  it("calls a contact by a name or a mail address, and by nothing else", () => {
    expect(isNamed({ firstName: "Jane" })).toBe(true);
    expect(isNamed({ email: "a@example.com", lastName: null })).toBe(true);
    expect(isNamed({ firstName: null, lastName: undefined, email: "" })).toBe(false);
  });

  it("takes a note of several lines, and none without words", () => {
    expect(VALUES.note.parse(" One\n\nTwo ")).toBe("One\n\nTwo");
    expect(VALUES.note.safeParse(" \n ").error?.issues[0]?.message).toBe("Write something first.");
    expect(VALUES.note.safeParse("x".repeat(10_001)).success).toBe(false);
    expect(VALUES.tag.parse("Key   account")).toBe("Key account");
  });
});
