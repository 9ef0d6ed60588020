// Which plans does Postgres choose under row-level security when the table holds ten million companies?
import { fill, filledPostgres } from "./database";
import { report, type Answer } from "./measure";

const TENANTS = 10_000;
const EACH = 1_000;
const BATCH = 500;
const database = await filledPostgres(BATCH, EACH);
for (let first = BATCH + 1; first <= TENANTS; first += BATCH) {
  await fill(database.admin, first, first + BATCH - 1, EACH, { analyze: false });
}
await database.admin.query("vacuum analyze company");
const { Client } = (await import("pg")).default;
const app = new Client({ connectionString: database.appUrl });
await app.connect();
const { rows: tenants } = await database.admin.query<{ id: string }>(
  "select id from organization order by slug limit 1",
);
const { rows: found } = await database.admin.query<{ id: string }>(
  "select id from company where org_id = $1 limit 1",
  [tenants[0]!.id],
);

const questions: Record<string, string> = {
  "newest page": "select * from company where deleted_at is null order by created_at desc, id desc limit 51",
  "page by name": "select * from company where deleted_at is null order by name_key, id limit 51",
  "one company": `select * from company where id = '${found[0]!.id}'`,
  count: "select count(*) from company where deleted_at is null",
  search: "select * from app.search_companies('company 77') limit 51",
};
const { rows: size } = await database.admin.query<{ pages: number }>(
  "select relpages as pages from pg_class where oid = 'company'::regclass",
);
const answers: Answer[] = [];
for (const [what, sql] of Object.entries(questions)) {
  await app.query("begin");
  await app.query("select set_config('app.current_tenant', $1, true)", [tenants[0]!.id]);
  await app.query(sql); // what is on disk is read once before it is measured
  const { rows } = await app.query<{ "QUERY PLAN": [Plan] }>(
    `explain (analyze, buffers, format json) ${sql}`,
  );
  await app.query("rollback");
  const [plan] = rows[0]!["QUERY PLAN"];
  const nodes = flat(plan.Plan);
  const scanned = nodes.filter((node) => node["Relation Name"] === "company" || node["Index Name"]);
  const readsAll = nodes.some(
    (node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "company",
  );
  // The plan inside a function is not told; what it reads is.
  const pages = plan.Plan["Shared Hit Blocks"] + plan.Plan["Shared Read Blocks"];
  answers.push({
    what,
    value: `${plan["Execution Time"].toFixed(1)} ms, ${pages} pages of ${size[0]!.pages}: ${scanned
      .map((node) => [node["Node Type"], node["Index Name"]].filter(Boolean).join(" "))
      .join(", ")}`,
    goal: "an index, under a hundredth of the pages",
    isMet: !readsAll && pages * 100 < size[0]!.pages,
  });
}
report(answers);
await app.end();
await database.end();
process.exit(0);

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}
interface Plan {
  Plan: PlanNode;
  "Execution Time": number;
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}
