/** Made-up records to look around with: added in one act, removed in another, and nothing else with them. */
import { clock } from "~/kernel/clock";
import { record } from "~/modules/audit";
import { newId, type TenantReadScope, type TenantScope } from "~/server/db/with-tenant";
import { samplesNeedRoom } from "../errors";
import { deleteRecords } from "../queries/records";
import {
  countSamples,
  hasRecords,
  lockSamples,
  untouchedCompanies,
  untouchedContacts,
} from "../queries/samples";
import type { SamplesAdded, SamplesRemoved, SampleState } from "../schema";
import { SAMPLE_COMPANIES, sampleAddress } from "./sample-records";

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What there is, and whether there is room: samples are for an organization without records. */
export async function sampleState(scope: TenantReadScope): Promise<SampleState> {
  const [counts, isTaken] = await Promise.all([countSamples(scope), hasRecords(scope)]);
  return { ...counts, mayAdd: !isTaken };
}

/** @throws crm.samples_need_room where there is any company or contact. */
export async function addSamples(scope: TenantScope): Promise<SamplesAdded> {
  const { db, actor } = scope;
  const { orgId, userId: ownerId } = actor;
  await lockSamples(scope);
  if (await hasRecords(scope)) throw samplesNeedRoom();
  // The mark carries the same instant as the record: where they differ later, somebody has changed it.
  const touchedAt = clock.now();
  const companies = SAMPLE_COMPANIES.map(({ contacts, ...values }, at) => {
    const createdAt = new Date(touchedAt.getTime() - at * 3 * DAY_MS);
    const own = { orgId, ownerId, createdAt, updatedAt: touchedAt };
    const id = newId();
    return {
      company: { id, ...own, ...values },
      contacts: contacts.map((one) => ({
        id: newId(),
        ...own,
        ...one,
        companyId: id,
        email: sampleAddress(one.firstName, values.domain),
      })),
    };
  });
  const contacts = companies.flatMap((one) => one.contacts);
  await db.company.createMany({ data: companies.map(({ company }) => company) });
  await db.contact.createMany({ data: contacts });
  const mark = { orgId, createdAt: touchedAt };
  await db.sampleRecord.createMany({
    data: [
      ...companies.map(({ company }) => ({ id: newId(), ...mark, companyId: company.id })),
      ...contacts.map(({ id }) => ({ id: newId(), ...mark, contactId: id })),
    ],
  });
  const added = { companies: companies.length, contacts: contacts.length };
  await record(scope, { action: "samples.added", after: added });
  return added;
}

/**
 * Removes the made-up records. What somebody has changed, tagged, noted something on or added people to is no sample any
 * more: it stays, and loses its mark. Called again, it removes nothing.
 */
export async function removeSamples(scope: TenantScope): Promise<SamplesRemoved> {
  const { db, actor } = scope;
  await lockSamples(scope);
  const before = await countSamples(scope);
  const contactIds = (await untouchedContacts(scope)).map(({ id }) => id);
  const companyIds = (await untouchedCompanies(scope, contactIds)).map(({ id }) => id);
  const [batchId, at] = [newId(), clock.now()];
  const contacts = await deleteRecords(scope, { kind: "contact", batchId }, contactIds, at);
  const companies = await deleteRecords(scope, { kind: "company", batchId }, companyIds, at);
  const { count } = await db.sampleRecord.deleteMany({ where: { orgId: actor.orgId } });
  const removed = { companies, contacts, kept: before.companies + before.contacts - companies - contacts };
  if (count > 0) await record(scope, { action: "samples.removed", after: removed });
  return removed;
}
