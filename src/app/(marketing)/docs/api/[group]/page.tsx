import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CodeBlock } from "~/ui/code-block";
import { Card } from "~/ui/card";
import { OperationCard } from "../operation-card";
import { EVENTS, reference } from "../reference";

type Props = { params: Promise<{ group: string }> };

const groupOf = (slug: string) => reference().groups.find((group) => group.slug === slug);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { group: slug } = await params;
  const name = slug === EVENTS.slug ? EVENTS.name : groupOf(slug)?.name;
  return name ? { title: `${name} · API reference` } : {};
}

export default async function ApiGroup({ params }: Props) {
  const { group: slug } = await params;
  if (slug === EVENTS.slug) return <Events />;
  const group = groupOf(slug);
  if (!group) notFound();
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-2xl font-semibold text-ink">{group.name}</h1>
      <ul className="flex flex-col gap-1 text-base">
        {group.operations.map(({ id, summary, method, path }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="-mx-2 flex flex-col rounded-md px-2 py-1 text-ink hover:bg-ink/5 sm:flex-row sm:flex-wrap sm:items-baseline sm:gap-x-3 pointer-coarse:min-h-11 pointer-coarse:sm:items-center"
            >
              {summary}
              <span className="font-mono text-xs break-all text-ink-soft">
                {method} {path}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {group.operations.map((operation) => (
        <OperationCard key={operation.id} operation={operation} />
      ))}
    </div>
  );
}

function Events() {
  return (
    <div className="flex flex-col gap-6">
      <div className="flex max-w-prose flex-col gap-3">
        <h1 className="text-2xl font-semibold text-ink">Events</h1>
        <p className="text-base text-ink-soft">
          What a webhook of the organization is sent, by POST, signed as Standard Webhooks has it. Answer with
          any 2xx within 15 seconds; anything else is tried again, ten times in all over three days. The same{" "}
          <code className="font-mono text-ink">webhook-id</code> means the same event.
        </p>
      </div>
      {reference().events.map(({ type, summary, sample }) => (
        <Card key={type} id={type} aria-labelledby={`${type}-title`} className="scroll-mt-20">
          <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-3 p-4 sm:p-5 xl:grid-cols-2">
            <div className="flex flex-col gap-1">
              <h2 id={`${type}-title`} className="font-mono text-base font-semibold break-all text-ink">
                {type}
              </h2>
              <p className="text-sm text-ink-soft">{summary}</p>
            </div>
            <CodeBlock label={`Sample of ${type}`} code={sample} className="max-h-64" />
          </div>
        </Card>
      ))}
    </div>
  );
}
