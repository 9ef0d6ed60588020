import fc from "fast-check";
import iconv from "iconv-lite";
import { beforeAll, describe, expect, it } from "vitest";
import type { OrgActor } from "~/kernel/actor";
import { newId } from "~/server/db/ids";
import { headObject, writeObject } from "~/server/outbound/object-store";
import { callerFor } from "~/testing/callers";
import { Killed, testJobRun } from "~/testing/job-run";
import { startS3 } from "~/testing/s3";
import { asOwner, testOrg } from "~/testing/tenants";
import { refusalsCsv, runImport } from "./flows";
import { crmRouter } from "./router";
import type { Import } from "./schema";

beforeAll(async () => {
  await startS3();
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail("was not refused"),
    (error: {
      code?: string;
      publicMessage?: string;
      cause?: { code?: string; publicMessage?: string };
    }) => ({
      code: error.cause?.code ?? error.code,
      words: error.cause?.publicMessage ?? error.publicMessage,
    }),
  );

type Entity = "company" | "contact";

/** As the browser does it: ticket, PUT straight to the store, a look at it. */
async function uploaded(actor: OrgActor, entity: Entity, bytes: Buffer, fileName = "list.csv") {
  const { imports } = callerFor(crmRouter, actor);
  const { id, url, headers } = await imports.create({ entity, fileName, sizeBytes: bytes.length });
  const put = await fetch(url, { method: "PUT", headers, body: new Uint8Array(bytes) });
  expect(put.status).toBe(200);
  return id;
}
async function inspected(actor: OrgActor, entity: Entity, content: Buffer | string): Promise<Import> {
  const id = await uploaded(actor, entity, Buffer.from(content));
  return callerFor(crmRouter, actor).imports.inspect({ id });
}
type Choice = Partial<{ mapping: Import["mapping"]; hasHeader: boolean; onDuplicate: "update" | "skip" }>;
async function started(actor: OrgActor, entity: Entity, content: Buffer | string, choice: Choice = {}) {
  const { id, suggestedMapping, hasHeader } = await inspected(actor, entity, content);
  const { jobId } = await callerFor(crmRouter, actor).imports.start({
    id,
    mapping: choice.mapping ?? suggestedMapping!,
    hasHeader: choice.hasHeader ?? hasHeader,
    onDuplicate: choice.onDuplicate ?? "update",
  });
  return { id, jobId };
}
async function imported(actor: OrgActor, entity: Entity, content: Buffer | string, choice: Choice = {}) {
  const { id, jobId } = await started(actor, entity, content, choice);
  const counts = await runImport(testJobRun({ actor, jobId, input: { importId: id } }));
  return { id, counts };
}
const companiesOf = (orgId: string) =>
  asOwner<{ name: string; domain: string | null; city: string | null; notes: string | null }>(
    "select name, domain, city, notes from company where org_id = $1 and deleted_at is null order by name, domain, city",
    [orgId],
  );
const contactsOf = (orgId: string) =>
  asOwner<{ first_name: string; last_name: string; email: string; job_title: string; company: string }>(
    `select c.first_name, c.last_name, c.email, c.job_title, co.name as company from contact c
     left join company co on co.id = c.company_id where c.org_id = $1 and c.deleted_at is null order by c.email, c.last_name, c.first_name, co.name`,
    [orgId],
  );
const whole = async (parts: AsyncGenerator<string>) => {
  let text = "";
  for await (const part of parts) text += part;
  return text;
};

describe("a file's way", () => {
  it("goes from the upload over preview and job to records, counts and refused rows", async () => {
    const org = await testOrg();
    const actor = org.as("member");
    const { imports, companies } = callerFor(crmRouter, actor);
    const file =
      'Company;Website;Employees;Left out\r\nAcme;acme.com;1.200;x\r\n"Bad\r\none";nope;;\r\nGlobex;globex.com;;=1+1\r\n';
    const waiting = await inspected(actor, "company", file);
    expect(waiting).toMatchObject({
      status: "ready",
      hasHeader: true,
      suggestedMapping: ["name", "domain", "employeeCount", null],
      inspection: { encoding: "ascii", delimiter: ";", columnCount: 4 },
    });
    expect(waiting.inspection!.rows.map((row) => row.line)).toEqual([1, 2, 3, 5]);
    const { jobId } = await imports.start({
      id: waiting.id,
      mapping: ["name", "domain", "employeeCount", null],
      hasHeader: true,
      onDuplicate: "update",
    });
    expect(await asOwner("select status, task_type, user_id from job where id = $1", [jobId])).toEqual([
      { status: "PENDING", task_type: "import", user_id: actor.userId },
    ]);
    const job = testJobRun({ actor, jobId, input: { importId: waiting.id } });
    const counts = { rows: 3, created: 2, updated: 0, skipped: 0, refused: 1 };
    expect(await runImport(job)).toEqual(counts);
    expect(job.steps).toEqual(["read-rows", "finish", "remove-file"]);
    expect(job.progress.at(-1)).toEqual({ done: file.length, total: file.length, note: "3 rows read" });

    const done = await imports.get({ id: waiting.id });
    expect(done).toMatchObject({ status: "finished", counts, jobId, by: { isMe: true } });
    expect(done.inspection!.rows).toEqual([]);
    expect((await imports.list({})).items).toMatchObject([{ id: waiting.id, fileName: "list.csv" }]);
    expect((await imports.refusals({ id: waiting.id })).items).toEqual([
      {
        line: 3,
        reason: "The domain “nope” is not valid. Write a domain like example.com.",
        cells: ["Bad\r\none", "nope", "", ""],
      },
    ]);
    const { items } = await companies.list({ owner: "mine", sort: "name" });
    expect(items).toMatchObject([{ name: "Acme", employeeCount: 1200 }, { name: "Globex" }]);
    expect((await companies.get({ id: items[0]!.id })).importId).toBe(waiting.id);
    expect(await headObject({ orgId: org.orgId, path: `imports/${waiting.id}/source.csv` })).toBeNull();
    const actions = await asOwner<{ action: string }>(
      "select action from audit_entry where target_id = $1 order by created_at, id",
      [waiting.id],
    );
    expect(actions.map((row) => row.action)).toEqual([
      "import.created",
      "import.inspected",
      "import.started",
      "import.finished",
    ]);
  });

  it("gives the refused rows as a file that no spreadsheet runs formulas from", async () => {
    const { owner } = await testOrg({ members: [] });
    const { id } = await imported(owner, "company", "Name,Phone\n=SUM(A1),=x\n@a,-y\n+b,\tz\nOk,030 123\n");
    expect(await whole(refusalsCsv(owner, { id }))).toBe(
      [
        "\ufeffLine,Why it was not imported,Name,Phone",
        "2,\"The phone number “=x” is not valid. Write a phone number: digits, blanks and + - ( ) . /.\",'=SUM(A1),'=x",
        "3,\"The phone number “-y” is not valid. Write a phone number: digits, blanks and + - ( ) . /.\",'@a,'-y",
        "4,\"The phone number “z” is not valid. Write a phone number: digits, blanks and + - ( ) . /.\",'+b,'\tz",
        "",
      ].join("\r\n"),
    );
  });

  it("streams more refused rows than fit a page, with columns named when the file names none", async () => {
    const { owner } = await testOrg({ members: [] });
    const rows = Array.from({ length: 2_300 }, (_, i) => `Company ${i},nope\n`).join("");
    const { id, counts } = await imported(owner, "company", rows, {
      mapping: ["name", "domain"],
      hasHeader: false,
    });
    expect(counts).toMatchObject({ rows: 2_300, refused: 2_300 });
    const text = await whole(refusalsCsv(owner, { id }));
    const lines = text.split("\r\n").slice(0, -1);
    expect(lines[0]).toBe("\ufeffLine,Why it was not imported,Column 1,Column 2");
    expect(lines.slice(1).map((line) => Number(line.split(",")[0]))).toEqual(
      Array.from({ length: 2_300 }, (_, i) => i + 1),
    );
    const { imports } = callerFor(crmRouter, owner);
    const first = await imports.refusals({ id, limit: 2 });
    expect((await imports.refusals({ id, limit: 2, cursor: first.nextCursor })).items[0]!.line).toBe(3);
    expect(await refusal(imports.refusals({ id, cursor: "x" }))).toMatchObject({
      code: "crm.cursor_invalid",
    });
  });

  it("takes a first row of data in when the person says that it is no header", async () => {
    const org = await testOrg({ members: [] });
    const { counts } = await imported(org.owner, "company", "\nName\nAcme\n", {
      mapping: ["name"],
      hasHeader: false,
    });
    expect(counts).toMatchObject({ created: 2 });
    const again = await imported(org.owner, "company", "\n\nName\nAcme\n\n,\n", {
      mapping: ["name"],
      hasHeader: true,
    });
    expect(again.counts).toMatchObject({ rows: 1, created: 1 });
  });

  it("lists imports page by page, newest first, without the discarded ones", async () => {
    const { owner } = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, owner);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.unshift(await uploaded(owner, "contact", Buffer.from("Name\nx\n")));
    await imports.discard({ id: ids[1]! });
    const first = await imports.list({ limit: 1 });
    const second = await imports.list({ limit: 1, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map((item) => item.id)).toEqual([ids[0], ids[2]]);
    expect(second.nextCursor).toBeNull();
    expect(await refusal(imports.list({ cursor: "x" }))).toMatchObject({ code: "crm.cursor_invalid" });
    expect(await headObject({ orgId: owner.orgId, path: `imports/${ids[1]}/source.csv` })).toBeNull();
  });
});

describe("encodings and delimiters", () => {
  const text = "Firma,Stadt,Notiz\nMüller GmbH,Köln,„gut“\nÉtoile,Besançon,naïve\n";
  const rows = [
    { name: "Étoile", city: "Besançon", notes: "naïve", domain: null },
    { name: "Müller GmbH", city: "Köln", notes: "„gut“", domain: null },
  ];
  const files: [string, Buffer][] = [
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16 LE with a byte order mark", iconv.encode(text, "utf-16le", { addBOM: true })],
    ["UTF-16 BE with a byte order mark", iconv.encode(text, "utf-16be", { addBOM: true })],
    ["UTF-16 LE without one", iconv.encode(text, "utf-16le")],
    ["UTF-16 BE without one", iconv.encode(text, "utf-16be")],
    ["Windows-1252", iconv.encode(text, "windows-1252")],
    ["semicolons", Buffer.from(text.replaceAll(",", ";"))],
    ["tabs", Buffer.from(text.replaceAll(",", "\t"))],
    ["pipes", Buffer.from(text.replaceAll(",", "|"))],
    ["Excel's sep= line", Buffer.from(`\ufeffsep=;\r\n${text.replaceAll(",", ";")}`)],
    ["Windows line breaks", Buffer.from(text.replaceAll("\n", "\r\n"))],
    ["old Mac line breaks", Buffer.from(text.replaceAll("\n", "\r"))],
  ];
  it.each(files)("takes in %s as it was meant, also in batches of one row", async (_, bytes) => {
    const org = await testOrg({ members: [] });
    const { id, jobId } = await started(org.owner, "company", bytes);
    const job = testJobRun({ actor: org.owner, jobId, input: { importId: id } });
    const { counts } = {
      counts: await runImport(job, undefined, { batchRows: 1, batchBytes: 9, blockBytes: 7 }),
    };
    expect(counts).toEqual({ rows: 2, created: 2, updated: 0, skipped: 0, refused: 0 });
    const stored = await companiesOf(org.orgId);
    expect(stored.toSorted((a, b) => (a.city! < b.city! ? -1 : 1))).toEqual(rows);
  });

  it("takes the person's word for encoding and delimiter", async () => {
    const { owner } = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, owner);
    const id = await uploaded(
      owner,
      "company",
      iconv.encode("Firma;Stadt\nŁódź, Sp. z o.o.;Łódź\n", "windows-1250"),
    );
    await imports.inspect({ id });
    const again = await imports.inspect({ id, encoding: "windows-1250", delimiter: ";" });
    expect(again.inspection!.rows[1]!.cells).toEqual(["Łódź, Sp. z o.o.", "Łódź"]);
  });

  it("takes the accents of a file whose first 256 KB have none", async () => {
    const org = await testOrg({ members: [] });
    const plain = Array.from({ length: 4_000 }, (_, i) => `Company ${i},${"x".repeat(70)}`).join("\n");
    const bytes = Buffer.concat([
      Buffer.from(`Name,Notes\n${plain}\n`),
      iconv.encode("Café,später\n", "windows-1252"),
    ]);
    await imported(org.owner, "company", bytes);
    expect((await companiesOf(org.orgId)).find((row) => row.name === "Café")).toMatchObject({
      notes: "später",
    });
  });

  it("refuses a row whose bytes are no text in the file's encoding, and takes the rest", async () => {
    const org = await testOrg({ members: [] });
    const filler = Array.from({ length: 4_000 }, (_, i) => `Müller ${i},${"x".repeat(70)}`).join("\n");
    const bytes = Buffer.concat([
      Buffer.from(`Name,Notes\n${filler}\n`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(",a\nLast,b\n"),
    ]);
    const { id, counts } = await imported(org.owner, "company", bytes);
    expect(counts).toMatchObject({ created: 4_001, refused: 1 });
    const { items } = await callerFor(crmRouter, org.owner).imports.refusals({ id });
    expect(items).toMatchObject([
      { line: 4_002, reason: "Some characters are not valid in the file's encoding." },
    ]);
  });
});

describe("wrong files", () => {
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.alloc(100, 1),
  ]);
  const wrong: [string, Buffer, RegExp][] = [
    ["a PNG", png, /^This is a PNG image, not a table\. Save your list as CSV/],
    [
      "an Excel workbook",
      Buffer.from("PK\x03\x04....[Content_Types].xml....xl/"),
      /^This is an Excel workbook\. Open it, save the sheet as CSV/,
    ],
    ["a ZIP", Buffer.from("PK\x03\x04....list.csv"), /^This is a ZIP archive/],
    ["a PDF", Buffer.from("%PDF-1.4\n..."), /^This is a PDF document/],
    ["nothing but blank lines", Buffer.from("\n\n , \n"), /^The file is empty/],
    ["only names of columns", Buffer.from("Name,Website\n"), /^The file has column names, but no rows/],
    ["zero bytes", Buffer.from("Name,City\nAc\0me,x\n"), /^The file holds zero bytes/],
    ["one endless line", Buffer.alloc(1_200_000, "x"), /^The first line of the file is longer than 1 MB/],
    [
      "501 columns",
      Buffer.from(`${"a,".repeat(500)}a\n${"1,".repeat(500)}1\n`),
      /^The file has 501 columns; at most 500/,
    ],
  ];
  it.each(wrong)("refuses %s with a sentence, and changes nothing", async (_, bytes, words) => {
    const org = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, org.owner);
    const id = await uploaded(org.owner, "company", bytes);
    const refused = await refusal(imports.inspect({ id }));
    expect(refused.code).toBe("crm.file_refused");
    expect(refused.words).toMatch(words);
    expect(await imports.get({ id })).toMatchObject({ status: "awaiting_upload", inspection: null });
    expect(await companiesOf(org.orgId)).toEqual([]);
  });

  it("refuses an empty file, one of more than 200 MB and one without a name before anything is uploaded", async () => {
    const { owner } = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, owner);
    for (const [fileName, sizeBytes] of [
      ["a.csv", 0],
      ["a.csv", 200_000_001],
      [" ", 10],
    ] as const) {
      expect(await refusal(imports.create({ entity: "company", fileName, sizeBytes }))).toMatchObject({
        code: "BAD_REQUEST",
      });
    }
    expect((await imports.list({})).items).toEqual([]);
  });

  it("keeps of a file's name neither lines, paths nor signs that nobody sees", async () => {
    const { owner } = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, owner);
    for (const [fileName, kept] of [
      ["list.csv\r\nSet-Cookie: a=b", "list.csvSet-Cookie: a=b"],
      ["../../etc/passwd", "....etcpasswd"],
      ["\u202Evsc.exe", "vsc.exe"],
      ["\u0001\u0007", "import.csv"],
      [`${"x".repeat(900)}.csv`, `${"x".repeat(196)}.csv`],
    ] as const) {
      const { id } = await imports.create({ entity: "company", fileName, sizeBytes: 10 });
      expect((await imports.get({ id })).fileName).toBe(kept);
    }
  });

  it("refuses a file that has not arrived, or not whole", async () => {
    const { owner } = await testOrg({ members: [] });
    const { imports } = callerFor(crmRouter, owner);
    const { id } = await imports.create({ entity: "company", fileName: "a.csv", sizeBytes: 10 });
    expect((await refusal(imports.inspect({ id }))).words).toMatch(/has not arrived/);
    await writeObject(
      { orgId: owner.orgId, path: `imports/${id}/source.csv` },
      Buffer.from("Name\nx\n"),
      "text/csv",
    );
    expect((await refusal(imports.inspect({ id }))).words).toMatch(/not as long as/);
  });

  it("keeps each ragged or wrong row with its line and reason, and takes the others", async () => {
    const org = await testOrg({ members: [] });
    const file =
      'First name,Mail,Company\nJane,jane@example.com,Acme\nshort\n\nlong,l@example.com,x,y\nJohn,john@,\n,,Acme\n"open,o@example.com,x\n';
    const { id, counts } = await imported(org.owner, "contact", file);
    expect(counts).toEqual({ rows: 6, created: 1, updated: 0, skipped: 0, refused: 5 });
    const { items } = await callerFor(crmRouter, org.owner).imports.refusals({ id });
    expect(items.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "This row has 1 cell, but the file has 3 columns."],
      [5, "This row has 4 cells, but the file has 3 columns."],
      [6, "The mail address “john@” is not valid. Write a mail address like name@example.com."],
      [7, "The row has neither a name nor a mail address."],
      [8, "A quotation mark opens here and is never closed."],
    ]);
  });

  it("keeps a later line of more than 1 MB and zero bytes out, and goes on behind them", async () => {
    const org = await testOrg({ members: [] });
    const file = `Name,City\nFirst,a\n${"x".repeat(1_500_000)}\nZero\0,b\nLast,c\n`;
    const sample = Array.from({ length: 4_000 }, (_, i) => `Filler ${i},${"y".repeat(70)}`).join("\n");
    const { id, counts } = await imported(
      org.owner,
      "company",
      file.replace("First,a\n", `First,a\n${sample}\n`),
    );
    expect(counts).toMatchObject({ created: 4_002, refused: 2 });
    const { items } = await callerFor(crmRouter, org.owner).imports.refusals({ id });
    expect(items.map((item) => item.reason)).toEqual([
      "This line is longer than 1 MB.",
      "The name “Zero” is not valid. Remove the control characters.",
    ]);
  });

  it("keeps formulas as the plain text they are", async () => {
    const org = await testOrg({ members: [] });
    await imported(org.owner, "company", 'Name,Notes\n=1+1,"=HYPERLINK(""http://x"")"\n');
    expect(await companiesOf(org.orgId)).toMatchObject([{ name: "=1+1", notes: '=HYPERLINK("http://x")' }]);
  });
});

describe("duplicates", () => {
  const first = "Name,Domain,City\nAcme,acme.com,Berlin\nGlobex,globex.com,Paris\nNo domain,,Rome\n";
  const second =
    "Name,Domain,City\nAcme Inc,www.acme.com,\n,globex.com,Lyon\nNo domain,,Oslo\nNew,new.com,\nNewer,new.com,Bern\n";

  it("are updated by domain with what the row says, the later row of a file last", async () => {
    const org = await testOrg({ members: [] });
    await imported(org.owner, "company", first);
    const { counts } = await imported(org.owner, "company", second, { onDuplicate: "update" });
    expect(counts).toEqual({ rows: 5, created: 2, updated: 3, skipped: 0, refused: 0 });
    expect(await companiesOf(org.orgId)).toMatchObject([
      { name: "Acme Inc", domain: "acme.com", city: "Berlin" },
      { name: "Globex", domain: "globex.com", city: "Lyon" },
      { name: "Newer", domain: "new.com", city: "Bern" },
      { name: "No domain", domain: null },
      { name: "No domain", domain: null },
    ]);
  });

  it("are skipped by domain, the first row of a file staying", async () => {
    const org = await testOrg({ members: [] });
    await imported(org.owner, "company", first);
    const { counts } = await imported(org.owner, "company", second, { onDuplicate: "skip" });
    expect(counts).toEqual({ rows: 5, created: 2, updated: 0, skipped: 3, refused: 0 });
    expect((await companiesOf(org.orgId)).map((row) => [row.name, row.city])).toEqual([
      ["Acme", "Berlin"],
      ["Globex", "Paris"],
      ["New", null],
      ["No domain", expect.any(String)],
      ["No domain", expect.any(String)],
    ]);
  });

  it("leave a deleted record and its namesake in another organization alone", async () => {
    const org = await testOrg({ members: [] });
    const other = await testOrg({ members: [] });
    const { companies } = callerFor(crmRouter, org.owner);
    const deleted = await companies.create({ name: "Old Acme", domain: "acme.com" });
    await companies.delete(deleted);
    await callerFor(crmRouter, other.owner).companies.create({ name: "Their Acme", domain: "acme.com" });
    const { counts } = await imported(org.owner, "company", first);
    expect(counts).toMatchObject({ created: 3, updated: 0 });
    expect(await companiesOf(other.orgId)).toMatchObject([{ name: "Their Acme", city: null }]);
  });

  it("link contacts to companies that are there, by domain or name, and create the ones that are not, once", async () => {
    const org = await testOrg({ members: [] });
    const { companies } = callerFor(crmRouter, org.owner);
    await companies.create({ name: "Acme", domain: "acme.com" });
    await companies.create({ name: "ÜBER" });
    const file = [
      "Name,Mail,Company,Title",
      "Ann A,a@example.com,https://acme.com,CEO",
      "Bob B,b@example.com,ACME,",
      "Cid C,c@example.com,über,",
      "Dan D,d@example.com,New Co,",
      "Eve E,e@example.com,new co,",
      "Fay F,f@example.com,www.fresh.com,",
      "Guy G,g@example.com,,",
      "Ann Again,a@example.com,,CTO",
    ].join("\n");
    const { counts } = await imported(org.owner, "contact", file);
    expect(counts).toEqual({ rows: 8, created: 7, updated: 1, skipped: 0, refused: 0 });
    expect(await contactsOf(org.orgId)).toMatchObject([
      { first_name: "Ann", last_name: "Again", company: "Acme", job_title: "CTO" },
      { company: "Acme" },
      { company: "ÜBER" },
      { company: "New Co" },
      { company: "New Co" },
      { company: "www.fresh.com" },
      { company: null },
    ]);
    expect(await companiesOf(org.orgId)).toHaveLength(4);
  });

  it("create no company for a contact that is skipped", async () => {
    const org = await testOrg({ members: [] });
    await callerFor(crmRouter, org.owner).contacts.create({ email: "a@example.com" });
    const { counts } = await imported(
      org.owner,
      "contact",
      "Mail,Company\na@example.com,Unwanted\nb@example.com,Wanted\n",
      {
        onDuplicate: "skip",
      },
    );
    expect(counts).toMatchObject({ created: 1, skipped: 1 });
    expect((await companiesOf(org.orgId)).map((row) => row.name)).toEqual(["Wanted"]);
  });

  it("of two imports at once are one record each, and neither import waits for ever", async () => {
    const org = await testOrg({ members: [] });
    const names = Array.from({ length: 400 }, (_, i) => i);
    const file = (order: number[]) =>
      `Mail,Company\n${order.map((i) => `p${i}@example.com,Company ${i % 40}`).join("\n")}\n`;
    const both = [
      await started(org.owner, "contact", file(names)),
      await started(org.owner, "contact", file(names.toReversed())),
    ];
    const counts = await Promise.all(
      both.map(({ id, jobId }) =>
        runImport(testJobRun({ actor: org.owner, jobId, input: { importId: id } }), undefined, {
          batchRows: 50,
          batchBytes: 100_000,
          blockBytes: 4_000,
        }),
      ),
    );
    expect(counts[0]!.created + counts[1]!.created).toBe(400);
    expect(await contactsOf(org.orgId)).toHaveLength(400);
    expect(await companiesOf(org.orgId)).toHaveLength(40);
  });
});

describe("kills", () => {
  const NAMES = ["Ann", "Bob", "Zoë", "", '"quoted, name"', '"two\nlines"', "\u4e2d\u6587"];
  const row = fc.tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom("", "a@example.com", "b@example.com", "c@example.com", "bad", "d@example.com"),
    fc.constantFrom("", "Acme", "acme.com", "Globex"),
  );
  const file = fc
    .array(row, { minLength: 1, maxLength: 25 })
    .map((rows) => ["First name,Mail,Company", ...rows.map((cells) => cells.join(","))].join("\n"));
  const sizes = fc.record({
    batchRows: fc.integer({ min: 1, max: 6 }),
    batchBytes: fc.integer({ min: 20, max: 400 }),
    blockBytes: fc.integer({ min: 1, max: 200 }),
  });
  const kills = fc.array(
    fc.tuple(fc.nat(12), fc.constantFrom("before_commit" as const, "after_commit" as const)),
    { maxLength: 6 },
  );
  const stateOf = async (orgId: string, id: string) => ({
    contacts: await contactsOf(orgId),
    companies: await companiesOf(orgId),
    import: await asOwner(
      "select status, row_count, created_count, updated_count, skipped_count, refused_count, byte_offset, line_number from import where id = $1",
      [id],
    ),
    refusals: await asOwner(
      "select line, reason, cells from import_refusal where import_id = $1 order by line",
      [id],
    ),
  });

  it("at any commit, with any batches and blocks, lose no row and double none", async () => {
    await fc.assert(
      fc.asyncProperty(
        file,
        sizes,
        kills,
        fc.constantFrom("update" as const, "skip" as const),
        async (text, size, ends, onDuplicate) => {
          const choice = {
            mapping: ["firstName", "email", "company"] as Import["mapping"],
            hasHeader: true,
            onDuplicate,
          };
          const calm = await testOrg({ members: [] });
          const calmly = await imported(calm.owner, "contact", text, choice);

          const rough = await testOrg({ members: [] });
          const { id, jobId } = await started(rough.owner, "contact", text, choice);
          let steps = 0;
          // The last run is left alone.
          for (const end of [...ends, null]) {
            const job = testJobRun({
              actor: rough.owner,
              jobId,
              input: { importId: id },
              killAt: (transaction) => (end && transaction === end[0] ? end[1] : null),
              timeLeftMs: () => (steps++ % 3 === 0 ? 0 : 20_000),
            });
            await runImport(job, undefined, size).catch((error: unknown) => {
              if (!(error instanceof Killed)) throw error;
            });
          }
          expect(await stateOf(rough.orgId, id)).toEqual(await stateOf(calm.orgId, calmly.id));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("of every single commit in turn leave the same rows", async () => {
    const org = await testOrg({ members: [] });
    const text = `Name\n${Array.from({ length: 20 }, (_, i) => `"Company\n${i}"`).join("\n")}\n`;
    const { id, jobId } = await started(org.owner, "company", text);
    const size = { batchRows: 2, batchBytes: 10_000, blockBytes: 13 };
    for (let kill = 0; kill < 30; kill++) {
      const how = kill % 2 === 0 ? ("before_commit" as const) : ("after_commit" as const);
      // The second transaction of a run is its first batch.
      const job = testJobRun({
        actor: org.owner,
        jobId,
        input: { importId: id },
        killAt: (n) => (n === 1 ? how : null),
      });
      await runImport(job, undefined, size).catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
    }
    const counts = await runImport(testJobRun({ actor: org.owner, jobId, input: { importId: id } }));
    expect(counts).toEqual({ rows: 20, created: 20, updated: 0, skipped: 0, refused: 0 });
    expect(await companiesOf(org.orgId)).toHaveLength(20);
  });

  it("write no batch twice when two runs are at the same place", async () => {
    const org = await testOrg({ members: [] });
    const { id, jobId } = await started(org.owner, "company", `Name\n${"Acme\n".repeat(200)}`);
    const run = () =>
      runImport(testJobRun({ actor: org.owner, jobId, input: { importId: id } }), undefined, {
        batchRows: 10,
        batchBytes: 10_000,
        blockBytes: 100,
      });
    const outcomes = await Promise.allSettled([run(), run()]);
    const failures = outcomes.filter((outcome) => outcome.status === "rejected");
    for (const failure of failures) expect(String(failure.reason)).toMatch(/is at byte \d+, not at|removed/);
    expect(await companiesOf(org.orgId)).toHaveLength(200);
  });

  it("stop before the next batch when the job is cancelled", async () => {
    const org = await testOrg({ members: [] });
    const { id, jobId } = await started(org.owner, "company", `Name\n${"Acme\n".repeat(20)}`);
    const abort = new AbortController();
    const job = testJobRun({
      actor: org.owner,
      jobId,
      input: { importId: id },
      signal: abort.signal,
      timeLeftMs: () => (abort.abort(), 20_000),
    });
    await expect(
      runImport(job, undefined, { batchRows: 5, batchBytes: 10_000, blockBytes: 1_000 }),
    ).rejects.toThrow(/abort/i);
    expect(await companiesOf(org.orgId)).toHaveLength(5);
  });
});

describe("size", () => {
  it("takes 50,000 companies in, in batches that hand over when a step's time is up", async () => {
    const org = await testOrg({ members: [] });
    const rows = Array.from({ length: 50_000 }, (_, i) =>
      i % 1_000 === 7
        ? `Bad ${i},not a domain,x`
        : `"Company ${i}, Inc.",c${i % 49_000}.example.com,City ${i % 100}`,
    );
    const { id, jobId } = await started(org.owner, "company", `Name,Domain,City\n${rows.join("\n")}\n`);
    let asked = 0;
    const job = testJobRun({
      actor: org.owner,
      jobId,
      input: { importId: id },
      timeLeftMs: () => (++asked % 20 === 0 ? 1_000 : 20_000),
    });
    expect(await runImport(job)).toEqual({
      rows: 50_000,
      created: 48_951,
      updated: 999,
      skipped: 0,
      refused: 50,
    });
    expect(job.steps.filter((step) => step === "read-rows").length).toBeGreaterThanOrEqual(3);
    expect(await callerFor(crmRouter, org.owner).companies.count({})).toEqual({ count: 48_951 });
    const done = job.progress.map((told) => told.done);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
  }, 120_000);

  it("reads quoted fields that are larger than a block", async () => {
    const org = await testOrg({ members: [] });
    const long = "long note, with “signs”\r\n".repeat(190);
    const { id, jobId } = await started(org.owner, "company", `Name,Notes\nA,"${long}"\nB,"${long}"\nC,\n`);
    await runImport(testJobRun({ actor: org.owner, jobId, input: { importId: id } }), undefined, {
      batchRows: 1,
      batchBytes: 100,
      blockBytes: 97,
    });
    expect((await companiesOf(org.orgId)).map((row) => row.notes)).toEqual([long.trim(), long.trim(), null]);
  });
});

describe("what is refused", () => {
  it("answers another organization's import exactly as one that does not exist", async () => {
    const theirs = await testOrg({ members: [] });
    const mine = await testOrg({ members: [] });
    const { id } = await imported(theirs.owner, "company", "Name,Domain\nSecret,nope\n");
    const waiting = await inspected(theirs.owner, "company", "Name\nSecret\n");
    const { imports } = callerFor(crmRouter, mine.owner);
    const start = { mapping: ["name" as const], hasHeader: true, onDuplicate: "update" as const };
    for (const call of [
      (it: string) => imports.get({ id: it }),
      (it: string) => imports.inspect({ id: it }),
      (it: string) => imports.start({ id: it, ...start }),
      (it: string) => imports.discard({ id: it }),
      (it: string) => imports.refusals({ id: it }),
      (it: string) => whole(refusalsCsv(mine.owner, { id: it })),
      (it: string) => runImport(testJobRun({ actor: mine.owner, input: { importId: it } })),
    ]) {
      const nobody = await refusal(call(newId()));
      expect(nobody.code).toBe("kernel.not_found");
      expect(await refusal(call(id))).toEqual(nobody);
      expect(await refusal(call(waiting.id))).toEqual(nobody);
    }
    expect((await imports.list({})).items).toEqual([]);
  });

  it("lets a read-only member see imports and begin none", async () => {
    const org = await testOrg();
    const { id } = await inspected(org.owner, "company", "Name\nAcme\n");
    const { imports } = callerFor(crmRouter, org.as("readonly"));
    expect((await imports.get({ id })).status).toBe("ready");
    for (const call of [
      imports.create({ entity: "company", fileName: "a.csv", sizeBytes: 1 }),
      imports.inspect({ id }),
      imports.start({ id, mapping: ["name"], hasHeader: true, onDuplicate: "skip" }),
      imports.discard({ id }),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: "kernel.forbidden" });
    }
  });

  it("refuses a mapping that does not fit the file, and starts no job", async () => {
    const org = await testOrg({ members: [] });
    const { id } = await inspected(org.owner, "company", "Name,City\nAcme,x\n");
    const { imports } = callerFor(crmRouter, org.owner);
    const rest = { id, hasHeader: true, onDuplicate: "update" as const };
    for (const mapping of [["name" as const], [null, "city" as const], ["name" as const, "email" as const]]) {
      expect(await refusal(imports.start({ ...rest, mapping }))).toMatchObject({
        code: "crm.mapping_refused",
      });
    }
    expect(await asOwner("select id from job where org_id = $1", [org.orgId])).toEqual([]);
  });

  it("starts an import once, and looks at no file of one that runs", async () => {
    const org = await testOrg({ members: [] });
    const { id } = await inspected(org.owner, "company", "Name\nAcme\n");
    const { imports } = callerFor(crmRouter, org.owner);
    const start = () => imports.start({ id, mapping: ["name"], hasHeader: true, onDuplicate: "update" });
    const outcomes = await Promise.allSettled([start(), start(), start()]);
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    expect(await asOwner("select id from job where org_id = $1", [org.orgId])).toHaveLength(1);
    expect(await refusal(imports.inspect({ id }))).toMatchObject({ code: "crm.import_not_ready" });
    expect(await refusal(imports.discard({ id }))).toMatchObject({ code: "crm.import_not_ready" });
  });

  it("runs no import that was not started", async () => {
    const org = await testOrg({ members: [] });
    const { id } = await inspected(org.owner, "company", "Name\nAcme\n");
    expect(await refusal(runImport(testJobRun({ actor: org.owner, input: { importId: id } })))).toMatchObject(
      {
        code: "crm.import_not_ready",
      },
    );
  });

  it("reads no other file than the one that was looked at", async () => {
    const org = await testOrg({ members: [] });
    const { id, jobId } = await started(org.owner, "company", "Name\nAcme\n");
    await writeObject(
      { orgId: org.orgId, path: `imports/${id}/source.csv` },
      Buffer.from("Name\nEvil\n"),
      "text/csv",
    );
    expect(
      await refusal(runImport(testJobRun({ actor: org.owner, jobId, input: { importId: id } }))),
    ).toMatchObject({
      code: "crm.file_changed",
    });
    expect(await companiesOf(org.orgId)).toEqual([]);
  });

  it("hands a job that is run again the import, and answers the same counts when all is done", async () => {
    const org = await testOrg({ members: [] });
    const { id, counts } = await imported(org.owner, "company", "Name\nAcme\n");
    const again = testJobRun({ actor: org.owner, input: { importId: id } });
    expect(await runImport(again)).toEqual(counts);
    expect(await companiesOf(org.orgId)).toHaveLength(1);
    expect((await callerFor(crmRouter, org.owner).imports.get({ id })).jobId).toBe(again.jobId);
  });
});

it("leaves a line in the timeline of what an import changed, and none of what it made or passed over", async () => {
  const org = await testOrg();
  const crm = callerFor(crmRouter, org.owner);
  const there = await crm.companies.create({ name: "Acme", domain: "acme.com" });
  const first = await imported(
    org.owner,
    "company",
    "Name,Domain,City\nAcme,acme.com,Lyon\nNew,new.com,Porto\n",
  );
  await imported(org.owner, "company", "Name,Domain,City\nAcme,acme.com,Ghent\n", { onDuplicate: "skip" });
  const kinds = async (id: string) =>
    (await crm.timeline({ of: { kind: "company", id } })).items.map((item) => [
      item.kind,
      item.import?.id ?? null,
    ]);
  expect(await kinds(there.id)).toEqual([
    ["imported", first.id],
    ["created", null],
  ]);
  const made = (await crm.companies.list({ search: "new.com" })).items[0]!;
  expect(await kinds(made.id)).toEqual([["added", first.id]]);
});
