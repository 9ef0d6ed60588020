"use client";
import { Send } from "lucide-react";
import { useId, useState } from "react";
import type { ReferenceField, ReferenceOperation } from "~/server/rest/reference";
import { Banner } from "~/ui/banner";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { CodeBlock } from "~/ui/code-block";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Link } from "~/ui/link";
import { RadioGroup } from "~/ui/radio-group";
import { Select } from "~/ui/select";
import { Textarea } from "~/ui/textarea";
import { useCaller } from "./caller";

type Answer = {
  status: number;
  statusText: string;
  durationMs: number;
  headers: [string, string][];
  body: string;
};
const SHOWN_HEADERS = ["etag", "location", "link", "ratelimit-remaining", "retry-after", "x-correlation-id"];
const BASE = "/api/v1";
/** A choice needs a value that is not empty; no field has one with blanks around. */
const LEFT_OUT = " ";

type Given = Pick<ReferenceField, "name" | "place"> & { value: string };
type Asked = { method: string; path: string; given: Given[]; body: string };

/** @throws TypeError when no answer came. */
async function called({ method, path, given, body }: Asked, who: { key: string } | { org?: string }) {
  const filled = given.filter(({ value }) => value !== "");
  const inPlace = (at: Given["place"]) =>
    filled.filter(({ place }) => place === at).map(({ name, value }) => [name, value] as [string, string]);
  const below = inPlace("path")
    .reduce((at, [name, value]) => at.replace(`{${name}}`, encodeURIComponent(value)), path)
    .slice(BASE.length);
  const headers = new Headers(inPlace("header"));
  if ("key" in who) headers.set("authorization", `Bearer ${who.key}`);
  else if (who.org) headers.set("x-tenantry-org", who.org);
  const sent = body.trim() === "" ? undefined : body;
  if (sent !== undefined) headers.set("content-type", "application/json");
  const query = new URLSearchParams(inPlace("query"));
  const door = "key" in who ? BASE : "/api/try";
  const startedAt = performance.now();
  const response = await fetch(`${door}${below}${query.size > 0 ? `?${query}` : ""}`, {
    ...{ method, headers, credentials: "key" in who ? "omit" : "same-origin" },
    ...(sent !== undefined && { body: sent }),
  });
  const text = await response.text();
  return {
    status: response.status,
    statusText: response.statusText,
    durationMs: Math.round(performance.now() - startedAt),
    headers: SHOWN_HEADERS.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as [string, string]];
    }),
    body: readable(text),
  } satisfies Answer;
}

/** Sends the request for real, and shows what comes. */
export function TryIt({ operation }: { operation: ReferenceOperation }) {
  const { method, path, fields, body: begun } = operation;
  const { own, key, usesKey } = useCaller();
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState(begun ?? "");
  const [answer, setAnswer] = useState<Answer | "failed" | null>(null);
  const [isSending, setSending] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const id = useId();
  const asked = fields.filter(({ place }) => place !== "body");
  const valueOf = ({ place, name }: ReferenceField) => values[`${place}-${name}`] ?? "";
  const missing = asked.filter((field) => field.isRequired && valueOf(field).trim() === "");
  const isKeyMissing = usesKey && key.trim() === "";
  const isChange = method !== "GET";

  async function send() {
    setAsked(true);
    if (missing.length > 0 || isKeyMissing) return;
    setSending(true);
    const given = asked.map((field) => ({ ...field, value: valueOf(field) }));
    const who = usesKey ? { key: key.trim() } : { org: own?.slug };
    try {
      setAnswer(await called({ method, path, given, body: begun === null ? "" : body }, who));
    } catch {
      setAnswer("failed");
    } finally {
      setSending(false);
    }
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Who id={id} isMissing={isAsked && isKeyMissing} />
      {asked.length > 0 && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {asked.map((field) => (
            <Field
              key={`${field.place}-${field.name}`}
              id={`${id}-${field.place}-${field.name}`}
              label={<span className="font-mono">{field.name}</span>}
              required={field.isRequired}
              help={field.place === "header" ? "Header" : undefined}
              error={isAsked && missing.includes(field) ? "Fill this in." : undefined}
            >
              <Value
                field={field}
                value={valueOf(field)}
                onValue={(value) => setValues({ ...values, [`${field.place}-${field.name}`]: value })}
              />
            </Field>
          ))}
        </div>
      )}
      {begun !== null && (
        <Field id={`${id}-body`} label="Body" help="JSON">
          <Textarea
            rows={Math.min(14, Math.max(4, body.split("\n").length))}
            spellCheck={false}
            className="font-mono text-xs leading-5"
            value={body}
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" icon={<Send aria-hidden />} loading={isSending}>
          Send {method}
        </Button>
        {isChange && (
          <p className="text-sm text-ink-soft">
            This changes real data{!usesKey && own ? ` of ${own.name}` : ""}.
          </p>
        )}
      </div>
      <div role="status" aria-live="polite" className="flex min-w-0 flex-col gap-2">
        {answer === "failed" && (
          <Banner tone="negative" title="No answer came">
            The request did not reach the server, or its answer was lost. Check the connection, then send it
            again{isChange ? " with an Idempotency-Key, so that nothing is done twice" : ""}.
          </Banner>
        )}
        {answer !== null && answer !== "failed" && <Told answer={answer} summary={operation.summary} />}
      </div>
    </form>
  );
}

function Value({
  field: { type, choices },
  value,
  onValue,
}: {
  field: ReferenceField;
  value: string;
  onValue: (value: string) => void;
}) {
  // Beside its choices it may take something else, an id for example.
  const isOpen = type.includes(" or ");
  const options = type === "boolean" ? ["true", "false"] : isOpen ? [] : choices;
  if (options.length === 0 || options.length > 40)
    return (
      <Input
        value={value}
        autoComplete="off"
        spellCheck={false}
        placeholder={type}
        className="font-mono"
        onChange={(event) => onValue(event.target.value)}
      />
    );
  return (
    <Select
      value={value === "" ? LEFT_OUT : value}
      onValueChange={(chosen) => onValue(chosen === LEFT_OUT ? "" : chosen)}
      options={[
        { value: LEFT_OUT, label: "Left out" },
        ...options.filter((one) => one !== "").map((one) => ({ value: one, label: one })),
      ]}
    />
  );
}

/** As whom: oneself, or a program with its key. */
function Who({ id, isMissing }: { id: string; isMissing: boolean }) {
  const { own, key, setKey, usesKey, setUsesKey } = useCaller();
  return (
    <div className="flex flex-col gap-3">
      {own && (
        <RadioGroup
          aria-label="Call as"
          value={usesKey ? "key" : "own"}
          onValueChange={(value) => setUsesKey(value === "key")}
          options={[
            { value: "own", label: `Yourself, in ${own.name}` },
            { value: "key", label: "A program with a key" },
          ]}
        />
      )}
      {usesKey && (
        <Field
          id={`${id}-key`}
          label="API key"
          className="max-w-xl"
          error={isMissing ? "Paste a key. It begins with tnt_." : undefined}
          help={
            own ? (
              <>
                Kept nowhere: gone when you leave this page.{" "}
                <Link href={`/o/${own.slug}/settings/api-keys`}>Make one in the settings</Link>
              </>
            ) : (
              <>
                Kept nowhere: gone when you leave this page.{" "}
                <Link href="/login?next=%2Fdocs%2Fapi">Sign in</Link> to call as yourself.
              </>
            )
          }
        >
          <Input
            type="password"
            value={key}
            autoComplete="off"
            spellCheck={false}
            placeholder="tnt_live_…"
            className="font-mono"
            onChange={(event) => setKey(event.target.value)}
          />
        </Field>
      )}
    </div>
  );
}

function Told({ answer, summary }: { answer: Answer; summary: string }) {
  const { status, statusText, durationMs, headers, body } = answer;
  const tone = status < 300 ? "positive" : status < 500 ? "caution" : "negative";
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-soft">
        <Badge tone={tone} className="font-mono">
          {status} {statusText}
        </Badge>
        <span className="font-mono">{durationMs} ms</span>
        {headers.map(([name, value]) => (
          <span key={name} className="min-w-0 font-mono text-xs break-all">
            {name}: {value}
          </span>
        ))}
      </p>
      {body !== "" && <CodeBlock label={`What came: ${summary}`} code={body} />}
    </>
  );
}

function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
