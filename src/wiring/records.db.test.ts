import { expect, it } from "vitest";
import { createCompany, deleteCompany } from "~/modules/crm/service";
import { readTenant, withTenant, newId } from "~/server/db/with-tenant";
import { testOrg } from "~/testing/tenants";
import { schemaOf, type Schema } from "~/server/rest/document";
import { Company, Contact, ImportItem } from "~/modules/crm/schema";
import { JobListItem } from "~/modules/jobs/schema";
import { RECORD_ANSWERS, RECORD_READERS } from "./records";
import { restDocument } from "./rest";

it("tells of a company what the API would answer, by the API's names, and nothing of one that is gone", async () => {
  const { owner } = await testOrg();
  const { id } = await withTenant(owner, (scope) =>
    createCompany(scope, { name: "Borealis", employeeCount: 12 } as Parameters<typeof createCompany>[1]),
  );
  const job = { ...owner, userId: null, role: "job" } as const;
  const read = () => readTenant(job, (scope) => RECORD_READERS.company!(scope, id));
  expect(await read()).toMatchObject({
    id,
    name: "Borealis",
    employee_count: 12,
    created_at: expect.stringMatching(/Z$/) as string,
  });
  await withTenant(owner, (scope) => deleteCompany(scope, { id }));
  expect(await read()).toBeNull();
  for (const kind of ["contact", "import", "job"])
    expect(await readTenant(job, (scope) => RECORD_READERS[kind]!(scope, newId()))).toBeNull();
});

it("brings what the document says an event brings", () => {
  const { schemas } = restDocument("https://tenantry.example").components;
  const shapes = { company: Company, contact: Contact, import: ImportItem, job: JobListItem };
  expect(Object.keys(RECORD_ANSWERS).sort()).toEqual(Object.keys(RECORD_READERS).sort());
  const fieldsOf = (schema: Schema) => Object.keys(schema.properties!).sort();
  for (const [kind, shape] of Object.entries(shapes))
    expect([kind, fieldsOf(schemas[RECORD_ANSWERS[kind]!]!)]).toEqual([
      kind,
      fieldsOf(schemaOf(shape, "output")),
    ]);
});
