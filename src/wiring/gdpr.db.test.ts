// Export and erasure against every table there is: what is declared is done, and what is left is what the certificate says.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { clock } from "~/kernel/clock";
import {
  claimDueErasures,
  organizationData,
  requestPersonErasure,
  runErasure,
  undoByToken,
  undoPersonErasure,
} from "~/modules/gdpr/flows";
import {
  downloadExport,
  endExports,
  exportOrganization,
  exportPerson,
  runOrganizationExport,
  runPersonExport,
} from "~/modules/gdpr/flows/exports";
import { record } from "~/modules/audit";
import { writeArchive, SIZES } from "~/modules/gdpr/flows/write-export";
import { addExport } from "~/modules/gdpr/service";
import { Certificate, type Kind } from "~/modules/gdpr/schema";
import { tablesOf } from "~/modules/gdpr/rules";
import { withSystem } from "~/server/db/with-system";
import type { Permission } from "~/kernel/roles";
import { actAs, orgAtDoor } from "~/modules/tenancy";
import { crmRouter } from "~/modules/crm/router";
import { callerFor } from "~/testing/callers";
import { testJobRun } from "~/testing/job-run";
import { listAll, readObject, writeObject } from "~/server/outbound/object-store";
import { plantEverywhere, type Planted } from "~/testing/planted";
import { startS3 } from "~/testing/s3";
import { asOwner, testOrg, testTrace, unique } from "~/testing/tenants";
import { unzip } from "~/testing/zip";
import { PRIVACY } from "./privacy";

// An erasure reads the whole database, and each kill is a run of its own.
vi.setConfig({ testTimeout: 300_000 });

beforeAll(async () => {
  await startS3();
});
afterEach(() => clock.setOffset(0));

const DAY_MS = 86_400_000;
const made = (): Planted => {
  const tag = unique("zed").slice(4);
  return {
    tenant: randomUUID(),
    user: randomUUID(),
    name: `Zelda Q${tag}`,
    email: `zelda.${tag}@example.test`,
  };
};

const bytesOf = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

async function exported(kind: Kind, whose: Planted, sizes = SIZES) {
  const subject = { kind, subjectId: kind === "person" ? whose.user : whose.tenant };
  const id = await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
    addExport(scope, { ...subject, requestedById: whose.user }),
  );
  const held: number[] = [];
  const archive = await writeArchive({
    exportId: id,
    subject,
    privacy: PRIVACY,
    trace: testTrace(),
    sizes,
    onHeld: (bytes) => held.push(bytes),
  });
  const folder = kind === "person" ? { personId: whose.user } : { orgId: whose.tenant };
  const entries = unzip(await bytesOf(await readObject({ ...folder, path: `exports/${id}.zip` })));
  return { ...archive, entries, mostHeld: Math.max(...held) };
}

describe("an export", () => {
  for (const kind of ["person", "organization"] as const)
    it(`of a ${kind} holds a planted row of every table that is declared, and nothing of anybody else`, async () => {
      const [own, other] = [made(), made()];
      await plantEverywhere(own, PRIVACY);
      await plantEverywhere(other, PRIVACY);
      const { entries, rows } = await exported(kind, own);
      const manifest = JSON.parse(entries.get("manifest.json")!.toString()) as {
        rows: Record<string, number>;
      };
      const wanted = PRIVACY.flatMap(({ slice, tables }) =>
        Object.entries(tables)
          .filter(([, of]) => typeof (kind === "person" ? of.person : of.org).export === "string")
          .map(([table]) => ({ slice, table })),
      );
      const without = wanted.filter(({ slice, table }) => {
        const json = entries.get(`data/${slice}/${table}.json`);
        return !json || (JSON.parse(json.toString()) as unknown[]).length === 0 || !manifest.rows[table];
      });
      // Nothing has been erased yet.
      expect(without.map(({ table }) => table)).toEqual(["erasure"]);
      expect(rows).toBe(Object.values(manifest.rows).reduce((sum, n) => sum + n, 0));
      const all = [...entries.values()].map((content) => content.toString()).join("\n");
      for (const word of [other.tenant, other.user, other.name, other.email])
        expect(all.includes(word)).toBe(false);
      for (const { secret = [], table } of tablesOf(PRIVACY))
        for (const column of secret)
          for (const [path, content] of entries)
            if (path.endsWith(`/${table}.json`)) expect(content.toString()).not.toContain(`"${column}":`);
    });
});

/** Every column of every table that holds one of the words, found without the slice's own search. */
async function everywhere(words: readonly string[]): Promise<string[]> {
  const columns = await asOwner<{ table: string; column: string }>(
    `select c.table_name as table, c.column_name as column from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`,
  );
  const found: string[] = [];
  for (const { table, column } of columns) {
    const [row] = await asOwner<{ n: number }>(
      `select count(*)::int as n from "${table}" t where exists (
         select from unnest($1::text[]) w where position(lower(w) in lower(t."${column}"::text)) > 0)`,
      [words],
    );
    if (row!.n > 0) found.push(`${table}.${column}`);
  }
  return found;
}

/** Somebody else at home in the same organization, who owns it too and stays. */
async function heirOf(tenant: Planted["tenant"]): Promise<Planted> {
  const heir = { ...made(), tenant };
  await asOwner(`insert into "user" (id, email, name) values ($1, $2, $3)`, [
    heir.user,
    heir.email,
    heir.name,
  ]);
  await asOwner(
    `insert into membership (id, org_id, user_id, role, user_name, user_email) values ($1, $2, $3, 'owner', $4, $5)`,
    [randomUUID(), tenant, heir.user, heir.name, heir.email],
  );
  return heir;
}

/** In a session that was confirmed a moment ago. */
async function confirmed({ user }: Planted) {
  const sessionId = randomUUID();
  await asOwner(
    `insert into session (id, user_id, method, expires_at, stepped_up_at, stepped_up_by)
     values ($1, $2, 'email', now() + interval '30 days', now(), 'link')`,
    [sessionId, user],
  );
  return { kind: "user" as const, userId: user, sessionId, trace: testTrace() };
}

type Moment = (step: string, moment: string) => void;
const mails: { to: string; certificateToken: string }[] = [];

/** Goes on with what is due until it is over, as the sweep and the engine would. */
async function carryOut(id: string, onMoment: Moment = () => {}): Promise<{ runs: number; outcome: string }> {
  for (let runs = 1; ; runs++) {
    const due = (await claimDueErasures()).find(({ erasureId }) => erasureId === id);
    if (!due) {
      // Killed after the last commit: there is nothing left to do.
      const [row] = await asOwner<{ state: string }>("select state from erasure where id = $1", [id]);
      return { runs, outcome: row!.state };
    }
    try {
      const outcome = await runErasure(due, testTrace(), {
        privacy: PRIVACY,
        parties: { mail: async (mail) => void mails.push(mail) },
        onMoment,
      });
      if (outcome !== "more") return { runs, outcome };
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // Its claim runs out, and the next one takes over.
      await asOwner(`update erasure set claimed_until = null where id = $1`, [id]);
    }
  }
}
class Killed extends Error {}

async function requested(whose: Planted) {
  const asked: { undoToken: string; certificateToken: string }[] = [];
  const { id } = await requestPersonErasure(
    await confirmed(whose),
    { confirmation: whose.email },
    async (mail) => {
      asked.push(mail);
    },
  );
  return { ...asked[0]!, id };
}
const certificateOf = async (id: string) => {
  const [row] = await asOwner<{ certificate: unknown; state: string; sought: unknown }>(
    `select certificate, state, sought from erasure where id = $1`,
    [id],
  );
  return { ...row!, certificate: Certificate.parse(row!.certificate) };
};

describe("writing an export", () => {
  it("holds no more than a part and a chunk at once, however much there is", async () => {
    const own = made();
    await plantEverywhere(own, PRIVACY);
    // What does not compress: 24 MB of rows, and a file of 30 MB.
    await asOwner(
      `insert into company (id, org_id, name, notes)
       select gen_random_uuid(), $1, 'c' || n, (select string_agg(md5(n::text || k::text), '') from generate_series(1, 60) k)
       from generate_series(1, 6000) n`,
      [own.tenant],
    );
    await writeObject(
      { orgId: own.tenant, path: "uploads/big.bin" },
      randomBytes(30_000_000),
      "application/octet-stream",
    );
    const partBytes = 5 * 1024 * 1024;
    const sizes = { ...SIZES, partBytes, laterPartBytes: partBytes };
    const { entries, sizeBytes, mostHeld, rows } = await exported("organization", own, sizes);
    expect(sizeBytes).toBeGreaterThan(6 * partBytes);
    expect(rows).toBeGreaterThan(6_000);
    expect(mostHeld).toBeLessThan(partBytes + 128 * 1024);
    const manifest = JSON.parse(entries.get("manifest.json")!.toString()) as {
      files: { path: string; sizeBytes: number; sha256: string }[];
    };
    for (const { path, sizeBytes: size, sha256 } of manifest.files) {
      const content = entries.get(path)!;
      expect([path, content.length, createHash("sha256").update(content).digest("hex")]).toEqual([
        path,
        size,
        sha256,
      ]);
    }
    expect(manifest.files.length).toBe(entries.size - 1);
  });

  it("is a job of the organization that ends with a file for 7 days, and is written anew after a kill", async () => {
    const org = await testOrg({ members: ["member"] });
    await callerFor(crmRouter, org.owner).companies.create({ name: "=Formula Ltd" });
    const { id, jobId } = await exportOrganization(org.owner);
    await expect(exportOrganization(org.owner)).rejects.toMatchObject({ code: "gdpr.export_running" });
    const mails: { to: string }[] = [];
    const mail = async (one: { to: string }) => void mails.push(one);
    const given = { actor: org.owner, input: { exportId: id }, jobId };
    const killed = new AbortController();
    killed.abort(new Error("killed"));
    await expect(
      runOrganizationExport(testJobRun({ ...given, signal: killed.signal }), { privacy: PRIVACY, mail }),
    ).rejects.toThrow("killed");
    // A member who starts the job by its name gets nothing of it.
    await expect(
      runOrganizationExport(testJobRun({ ...given, actor: org.as("member") }), { privacy: PRIVACY, mail }),
    ).rejects.toMatchObject({ code: "kernel.not_found" });
    await runOrganizationExport(testJobRun(given), { privacy: PRIVACY, mail });
    expect(mails.map(({ to }) => to)).toEqual([org.users[0]!.email]);
    const { url } = await downloadExport(org.owner, { id });
    const entries = unzip(Buffer.from(await (await fetch(url)).arrayBuffer()));
    expect(entries.get("data/crm/company.csv")!.toString()).toContain("'=Formula Ltd");
    expect(entries.get("README.txt")!.toString()).toContain("Not included, and why:");
    await expect(downloadExport((await testOrg()).owner, { id })).rejects.toMatchObject({
      code: "kernel.not_found",
    });
    clock.setOffset(8 * DAY_MS);
    await expect(downloadExport(org.owner, { id })).rejects.toMatchObject({ code: "gdpr.export_gone" });
    expect(await endExports()).toBeGreaterThan(0);
    expect((await listAll(null)).objects.filter(({ key }) => key.includes(id))).toEqual([]);
  });

  it("is had of a suspended organization too, through its own door, by an owner who can change nothing there", async () => {
    const org = await testOrg({ members: ["admin"] });
    await callerFor(crmRouter, org.owner).companies.create({ name: "Ropeworks" });
    await asOwner("update organization set status = 'suspended' where id = $1", [org.orgId]);
    const [owner, admin] = [org.users[0]!, org.users[1]!];
    const at = async (person: typeof owner, permission: Permission) =>
      actAs((await orgAtDoor(person, org.slug))!, person, permission);
    const { id, jobId } = await exportOrganization(await at(owner, "organization.export"));
    const given = testJobRun({ actor: org.owner, input: { exportId: id }, jobId });
    await runOrganizationExport(given, { privacy: PRIVACY, mail: async () => {} });
    const seen = await organizationData(await at(owner, "organization.readData"));
    expect(seen.exports).toMatchObject([{ id, state: "finished" }]);
    const { url } = await downloadExport(await at(owner, "organization.export"), { id });
    const entries = unzip(Buffer.from(await (await fetch(url)).arrayBuffer()));
    expect(entries.get("data/crm/company.json")!.toString()).toContain("Ropeworks");
    for (const permission of ["organization.delete", "crm.write", "job.write"] as const)
      await expect(at(owner, permission)).rejects.toMatchObject({ code: "tenancy.org_suspended" });
    await expect(at(admin, "organization.export")).rejects.toMatchObject({ code: "kernel.forbidden" });
  });

  it("of a person is theirs alone, and a run that lost its claim writes no more", async () => {
    const own = made();
    await plantEverywhere(own, PRIVACY);
    const actor = await confirmed(own);
    const { id } = await exportPerson(actor);
    const mail = async () => {};
    expect(await runPersonExport({ exportId: id, attempt: 2 }, testTrace(), { privacy: PRIVACY, mail })).toBe(
      "lost",
    );
    expect(await runPersonExport({ exportId: id, attempt: 1 }, testTrace(), { privacy: PRIVACY, mail })).toBe(
      "written",
    );
    expect(await runPersonExport({ exportId: id, attempt: 1 }, testTrace(), { privacy: PRIVACY, mail })).toBe(
      "lost",
    );
    expect((await downloadExport(actor, { id })).url).toContain(`person/${own.user}/exports/${id}.zip`);
    const other = made();
    await plantEverywhere(other, PRIVACY);
    await expect(downloadExport(await confirmed(other), { id })).rejects.toMatchObject({
      code: "kernel.not_found",
    });
  });
});

describe("the erasure of a person", () => {
  it("leaves nothing of them but what the certificate lists, and everybody else's as it was", async () => {
    const [own, other] = [made(), made()];
    await plantEverywhere(own, PRIVACY);
    await plantEverywhere(other, PRIVACY);
    const heir = await heirOf(own.tenant);
    // Somebody else's act that names them by their address.
    await withSystem({ reason: "test", trace: testTrace() }, (scope) =>
      record(
        scope,
        { action: "company.created", after: { notes: `ask ${own.email}` } },
        { orgId: own.tenant, actorId: heir.user },
      ),
    );
    const before = await everywhere([other.tenant, other.user, other.email]);
    const { id } = await requested(own);
    expect(await claimDueErasures()).toEqual([]);
    clock.setOffset(7 * DAY_MS + 1_000);
    const { outcome } = await carryOut(id);
    const { certificate, sought } = await certificateOf(id);
    const [part] = certificate.parts;
    expect(part!.search.findings.filter(({ verdict }) => verdict === "left")).toEqual([]);
    expect({ outcome, sought }).toEqual({ outcome: "completed", sought: null });
    const listed = new Set(part!.search.findings.map(({ where }) => where));
    const left = await everywhere([own.user, own.email, own.name]);
    expect(left.filter((where) => !listed.has(where) && !where.startsWith("erasure."))).toEqual([]);
    expect(left.filter((where) => where === "user.email" || where === "membership.user_name")).toEqual([]);
    expect(JSON.stringify(certificate)).not.toContain(own.email);
    expect(JSON.stringify(certificate)).not.toContain(own.name);
    expect(await everywhere([other.tenant, other.user, other.email])).toEqual(before);
  });

  it("ends the same when it is killed before and after the commit of every step, and after every call outside", async () => {
    const own = made();
    await plantEverywhere(own, PRIVACY);
    const { id } = await requested(own);
    clock.setOffset(7 * DAY_MS + 1_000);
    const killed = new Set<string>();
    const { runs, outcome } = await carryOut(id, (step, moment) => {
      const point = `${step} ${moment}`;
      if (killed.has(point)) return;
      killed.add(point);
      throw new Killed(point);
    });
    expect(outcome).toBe("completed");
    const { certificate } = await certificateOf(id);
    // The organization was theirs alone, and went with them.
    expect(certificate.parts.map(({ kind }) => kind)).toEqual(["person", "organization"]);
    expect(runs).toBe(killed.size + 1);
    const listed = new Set(
      certificate.parts.flatMap(({ search }) => search.findings.map(({ where }) => where)),
    );
    const left = await everywhere([own.tenant, own.user, own.email, own.name]);
    expect(left.filter((where) => !listed.has(where) && !where.startsWith("erasure."))).toEqual([]);
    const steps = await asOwner<{ name: string }>("select name from erasure_step where erasure_id = $1", [
      id,
    ]);
    for (const { name } of steps) expect(killed).toContain(`${name} before_commit`);
    clock.setOffset(0);
    const again = made();
    await plantEverywhere(again, PRIVACY);
    const smooth = await requested(again);
    clock.setOffset(7 * DAY_MS + 60_000);
    expect((await carryOut(smooth.id)).outcome).toBe("completed");
    const counts = ({ parts }: Certificate) => parts.map(({ erased }) => erased);
    expect(counts(certificate)).toEqual(counts((await certificateOf(smooth.id)).certificate));
  });

  it("is undone within its time by the mail's link, and then nothing happens", async () => {
    const own = made();
    await plantEverywhere(own, PRIVACY);
    const before = await everywhere([own.user, own.email]);
    const { id, undoToken } = await requested(own);
    await undoByToken(undoToken, testTrace());
    clock.setOffset(8 * DAY_MS);
    expect(await claimDueErasures()).toEqual([]);
    expect(await everywhere([own.user, own.email])).toEqual(
      [
        ...new Set([
          ...before,
          "audit_detail.actor_id",
          "audit_entry.target_id",
          "erasure.requested_by_id",
          "erasure.subject_id",
        ]),
      ].sort(),
    );
    await expect(undoByToken(undoToken, testTrace())).rejects.toMatchObject({ code: "gdpr.nothing_to_undo" });
    await expect(undoPersonErasure(await confirmed(own))).rejects.toMatchObject({
      code: "gdpr.nothing_to_undo",
    });
    expect(await asOwner("select state from erasure where id = $1", [id])).toEqual([{ state: "undone" }]);
  });
});
