import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { ReferenceOperation } from "~/server/rest/reference";
import { Badge } from "~/ui/badge";
import { Card } from "~/ui/card";
import { CodeBlock } from "~/ui/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "~/ui/tabs";
import { FieldList } from "./field-list";
import { MethodBadge } from "./method-badge";
import { TryIt } from "./try-it";
import { Words } from "./words";

/** One route: what it takes and answers, how one calls it, and calling it. */
export function OperationCard({ operation }: { operation: ReferenceOperation }) {
  const { id, method, path, summary, description, scope, isDeprecated, fields, answer, samples } = operation;
  const inPlace = (...places: string[]) => fields.filter(({ place }) => places.includes(place));
  return (
    <Card id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20 [overflow:clip]">
      <header className="flex flex-col gap-2 border-b border-line px-4 py-4 sm:px-5">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h2 id={`${id}-title`} className="text-lg font-semibold text-ink">
            <a href={`#${id}`} className="rounded-sm hover:underline">
              {summary}
            </a>
          </h2>
          {isDeprecated && <Badge tone="caution">Deprecated</Badge>}
        </div>
        <p className="flex flex-wrap items-center gap-2">
          <MethodBadge method={method} />
          <code className="font-mono text-sm break-all text-ink">{path}</code>
        </p>
        {description && (
          <p className="max-w-prose text-base text-ink-soft">
            <Words>{description}</Words>
          </p>
        )}
        <p className="text-sm text-ink-soft">
          {scope === null ? (
            "Not for keys: a person does this, signed in."
          ) : (
            <>
              Scope of the key: <code className="font-mono text-ink">{scope}</code>
            </>
          )}
        </p>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 px-4 py-4 sm:px-5 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <FieldList title="In the path" fields={inPlace("path")} />
          <FieldList title="In the query" fields={inPlace("query")} />
          <FieldList title="In the body" fields={inPlace("body")} />
          <FieldList title="Headers" fields={inPlace("header")} />
          <Folded title={answer.fields.length > 0 ? "Fields of the answer" : null}>
            <FieldList title="In the answer" fields={answer.fields} />
          </Folded>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Tabs defaultValue="curl">
            <TabsList aria-label={`Samples: ${summary}`}>
              <TabsTrigger value="curl">curl</TabsTrigger>
              <TabsTrigger value="typescript">TypeScript</TabsTrigger>
            </TabsList>
            <TabsContent value="curl" className="pt-3">
              <CodeBlock label={`${summary} with curl`} code={samples.curl} />
            </TabsContent>
            <TabsContent value="typescript" className="pt-3">
              <CodeBlock label={`${summary} in TypeScript`} code={samples.typescript} />
            </TabsContent>
          </Tabs>
          <section className="flex min-w-0 flex-col gap-2">
            <h3 className="text-sm font-semibold text-ink">
              Answer <span className="font-mono font-normal text-ink-soft">{answer.status}</span>
            </h3>
            {answer.sample === null ? (
              <p className="text-sm text-ink-soft">Nothing but the status.</p>
            ) : (
              <CodeBlock label={`Answer of: ${summary}`} code={answer.sample} className="max-h-72" />
            )}
          </section>
        </div>
      </div>
      <Folded title="Try it" isFoot>
        <TryIt operation={operation} />
      </Folded>
    </Card>
  );
}

function Folded({
  title,
  isFoot = false,
  children,
}: {
  title: string | null;
  isFoot?: boolean;
  children: ReactNode;
}) {
  if (title === null) return null;
  return (
    <details className={isFoot ? "group/folded border-t border-line bg-canvas" : "group/folded"}>
      <summary
        className={`flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-md text-sm font-medium text-ink -outline-offset-2! pointer-coarse:min-h-11 [&::-webkit-details-marker]:hidden ${isFoot ? "px-4 py-2.5 hover:bg-ink/4 sm:px-5" : "hover:text-accent"}`}
      >
        <ChevronRight
          aria-hidden
          className="size-4 text-ink-soft transition-transform group-open/folded:rotate-90 rtl:-scale-x-100"
        />
        {title}
      </summary>
      <div className={isFoot ? "px-4 pt-1 pb-5 sm:px-5" : "pt-2"}>{children}</div>
    </details>
  );
}
