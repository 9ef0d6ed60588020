import type { Metadata } from "next";
import { env } from "~/server/config/env";
import { Button } from "~/ui/button";
import { CodeBlock } from "~/ui/code-block";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { PageLink } from "~/ui/page-link";
import { wayIn } from "../../way-in";
import { reference } from "./reference";
import { Words } from "./words";

export const metadata: Metadata = {
  title: "API reference",
  description: "Everything the dashboard does with records, for programs.",
};

const HOW = [
  [
    "Names",
    "snake_case. One that is not known is refused, so that a mistyped filter never answers everything.",
  ],
  ["Values", "Times are ISO 8601 in UTC, decimals strings, ids UUIDs."],
  [
    "Lists",
    "`{data, next_cursor}`. Send `cursor` with that value for the next page; `Link` leads there too.",
  ],
  [
    "Sending twice",
    "With the same `Idempotency-Key` a change is done once, however often it is sent within 24 hours.",
  ],
  [
    "Versions",
    "`ETag` names the version of a record. Sent as `If-Match`, a change answers 412 when somebody was faster.",
  ],
  [
    "Refusals",
    "`application/problem+json` (RFC 9457): `code` stays the same for ever, `detail` is for people, `errors` goes by field.",
  ],
  [
    "Limits",
    "`RateLimit-Remaining` and `RateLimit-Reset` stand in every answer; beyond the limit 429 with `Retry-After`.",
  ],
  ["Support", "Quote the `X-Correlation-Id` of an answer, and its request is found."],
  [
    "Change",
    "Within `/api/v1` things are only added. What ends says so before, by `Deprecation` and `Sunset`.",
  ],
] as const;

export default async function ApiIntroduction() {
  const { groups } = reference();
  const { org } = await wayIn();
  const address = env().APP_URL;
  return (
    <div className="flex flex-col gap-10">
      <div className="flex max-w-2xl flex-col gap-3">
        <h1 className="text-3xl font-semibold text-balance text-ink">API reference</h1>
        <p className="text-lg text-pretty text-ink-soft">
          Everything the dashboard does with records, for programs: the same rules, the same rights.
        </p>
        <p className="flex flex-wrap items-center gap-3 pt-1">
          <Button asChild>
            <a href="/api/v1/openapi.json" download="tenantry-openapi.json">
              Download OpenAPI 3.1
            </a>
          </Button>
        </p>
      </div>
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold text-ink">First call</h2>
        <p className="max-w-prose text-base text-ink-soft">
          An owner or admin makes a key in the settings of the organization, under{" "}
          {org ? <Link href={`/o/${org.slug}/settings/api-keys`}>API keys</Link> : "API keys"}. It acts for
          its maker: its scopes and that member’s role must both allow what it asks for.
        </p>
        <CodeBlock
          label="First call with curl"
          code={`curl ${address}/api/v1/companies \\\n  -H "Authorization: Bearer $TENANTRY_KEY"`}
        />
        <CodeBlock
          label="First call in TypeScript"
          code={`import { tenantry } from "./clients/typescript";\n\nconst api = tenantry({ key: process.env.TENANTRY_KEY!, baseUrl: "${address}" });\nconst { data, error } = await api.GET("/api/v1/companies");`}
        />
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-lg font-semibold text-ink">How it behaves</h2>
        <DescriptionList
          items={HOW.map(([term, words]) => ({
            key: term,
            term,
            value: (
              <span className="text-ink-soft">
                <Words>{words}</Words>
              </span>
            ),
          }))}
        />
      </section>
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-semibold text-ink">What there is</h2>
        <ul className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2 xl:grid-cols-3">
          {groups.map(({ slug, name, operations }) => (
            <li key={slug}>
              <PageLink
                href={`/docs/api/${slug}`}
                className="flex h-full flex-col gap-1 rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong"
              >
                <span className="text-base font-medium text-ink">{name}</span>
                <span className="text-sm text-ink-soft">
                  {operations.length === 1 ? "1 operation" : `${operations.length} operations`}
                </span>
              </PageLink>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
