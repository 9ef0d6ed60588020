"use client";
import { CircleAlert } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { DELIMITERS, TEXT_ENCODINGS } from "~/kernel/delimited-text";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { RadioGroup } from "~/ui/radio-group";
import { Select } from "~/ui/select";
import { Switch } from "~/ui/switch";
import { FIELD_WORDS, fieldsOf, mappingProblem, readRow, suggestMapping, type ImportField } from "../rules";
import type { Import, Inspection } from "../schema";
import { DELIMITER_WORDS, ENCODING_WORDS, ENTITY_WORDS } from "./import-words";

const LEFT_OUT = "left_out";

/** What each column holds, and how the first rows would be stored; nothing is stored before it is started. */
export function MappingForm({ found, inspection }: { found: Import; inspection: Inspection }) {
  const { entity } = found;
  const mayImport = useMay("import.create");
  const [hasHeader, setHasHeader] = useState(found.hasHeader);
  const [onDuplicate, setOnDuplicate] = useState(found.onDuplicate);
  const [mapping, setMapping] = useState(() => suggestMapping(entity, inspection.firstRow));
  const [refused, setRefused] = useState<string | null>(null);
  const { start, discard } = useImportActs(found, setRefused);
  const problem = mappingProblem(entity, mapping);
  const key = entity === "company" ? "domain" : "mail address";
  return (
    <div className="flex flex-col gap-6">
      <FormErrors title="The import was not started" errors={refused ? [{ message: refused }] : []} />
      <FileCard found={found} inspection={inspection} hasHeader={hasHeader} onHeader={setHasHeader} />
      <Card>
        <CardHeader
          title="Columns"
          description={`Say what each column holds. What you leave out is not stored. ${ENTITY_WORDS[entity].many === "companies" ? "Companies need a name or a domain." : "Contacts need a name or a mail address."}`}
        />
        <ColumnList
          inspection={inspection}
          hasHeader={hasHeader}
          entity={entity}
          mapping={mapping}
          onChange={(column, field) => setMapping(mapping.with(column, field))}
        />
      </Card>
      <Card>
        <CardBody>
          <Field
            label="Rows that are there already"
            help={`Recognised by their ${key}; the same goes for rows that repeat within the file. Rows without a ${key} are always new.`}
          >
            <RadioGroup
              look="cards"
              className="sm:grid sm:grid-cols-2"
              value={onDuplicate}
              onValueChange={setOnDuplicate}
              options={[
                {
                  value: "update",
                  label: "Update them",
                  description: "What the row says replaces what is stored; empty cells change nothing.",
                },
                { value: "skip", label: "Skip them", description: "What is stored stays as it is." },
              ]}
            />
          </Field>
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Preview" description="The first rows, as they would be stored." />
        {problem ? (
          <CardBody>
            <p className="flex gap-1.5 text-base text-ink-soft">
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-caution" />
              {problem}
            </p>
          </CardBody>
        ) : (
          <Preview entity={entity} mapping={mapping} inspection={inspection} hasHeader={hasHeader} />
        )}
        <CardFooter hint={problem ?? "It goes on when you close this page."}>
          {mayImport && (
            <>
              <Button
                variant="ghost"
                loading={discard.isPending}
                onClick={() => discard.mutate({ id: found.id })}
              >
                Discard
              </Button>
              <Button
                variant="primary"
                disabled={problem !== null}
                loading={start.isPending}
                onClick={() => start.mutate({ id: found.id, mapping, hasHeader, onDuplicate })}
              >
                Start import
              </Button>
            </>
          )}
        </CardFooter>
      </Card>
    </div>
  );
}

function useImportActs({ id }: Import, onRefused: (words: string | null) => void) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const cache = api.useUtils().crm.imports;
  const settled = {
    onMutate: () => onRefused(null),
    onError: (error: unknown) => onRefused(refusalOf(error).message),
  };
  const start = api.crm.imports.start.useMutation({
    ...settled,
    onSuccess: () => {
      void cache.get.invalidate({ id });
      void cache.list.invalidate();
    },
  });
  const discard = api.crm.imports.discard.useMutation({
    ...settled,
    onSuccess: () => {
      void cache.list.invalidate();
      router.push(`/o/${slug}/imports`);
    },
  });
  return { start, discard };
}

/** How the file is read; each choice has it looked at again. */
function FileCard({
  found,
  inspection,
  hasHeader,
  onHeader,
}: {
  found: Import;
  inspection: Inspection;
  hasHeader: boolean;
  onHeader: (hasHeader: boolean) => void;
}) {
  const cache = api.useUtils().crm.imports;
  const again = api.crm.imports.inspect.useMutation({
    onSuccess: (answer) => cache.get.setData({ id: found.id }, answer),
  });
  const { encoding, delimiter } = inspection;
  const look = (change: { encoding?: typeof encoding; delimiter?: typeof delimiter }) =>
    again.mutate({ id: found.id, encoding, delimiter, ...change });
  return (
    <Card>
      <CardHeader
        title={found.fileName}
        description="Change this only if the columns or letters below look wrong."
      />
      <CardBody className="flex flex-col gap-5">
        {again.error && (
          <Banner tone="negative" title="The file cannot be read like that">
            {refusalOf(again.error).message}
          </Banner>
        )}
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Encoding" disabled={again.isPending}>
            <Select
              value={encoding}
              onValueChange={(value) => look({ encoding: value })}
              options={TEXT_ENCODINGS.map((value) => ({ value, label: ENCODING_WORDS[value] }))}
            />
          </Field>
          <Field label="Between the columns" disabled={again.isPending}>
            <Select
              value={delimiter}
              onValueChange={(value) => look({ delimiter: value })}
              options={DELIMITERS.map((value) => ({ value, label: DELIMITER_WORDS[value] }))}
            />
          </Field>
        </div>
        <Switch
          label="The first row names the columns"
          description="Switch it off if the first row is data."
          checked={hasHeader}
          onCheckedChange={onHeader}
        />
      </CardBody>
    </Card>
  );
}

type Mapping = (ImportField | null)[];
type Column = { index: number; name: string; samples: string[] };

function ColumnList({
  inspection,
  hasHeader,
  entity,
  mapping,
  onChange,
}: {
  inspection: Inspection;
  hasHeader: boolean;
  entity: Import["entity"];
  mapping: Mapping;
  onChange: (column: number, field: ImportField | null) => void;
}) {
  const columns = useMemo<Column[]>(() => {
    const rows = inspection.rows.slice(hasHeader ? 1 : 0);
    return Array.from({ length: inspection.columnCount }, (_, index) => ({
      index,
      name: (hasHeader && inspection.firstRow[index]?.trim()) || `Column ${index + 1}`,
      samples: rows
        .map((row) => row.cells[index]?.trim() ?? "")
        .filter((cell) => cell !== "")
        .slice(0, 3),
    }));
  }, [inspection, hasHeader]);
  return (
    <DataList
      frame="plain"
      label="Columns of the file"
      rows={columns}
      rowKey={({ index }) => String(index)}
      columns={[
        { key: "name", label: "Column", cell: ({ name }) => name },
        {
          key: "samples",
          label: "For example",
          width: "42%",
          from: "wide",
          cell: ({ samples }) => samples.join(" · "),
        },
        {
          key: "field",
          label: "Holds",
          width: "15rem",
          cell: ({ index, name }) => (
            <Select
              size="small"
              aria-label={`What “${name}” holds`}
              className="w-full max-sm:w-48"
              value={mapping[index] ?? LEFT_OUT}
              onValueChange={(field) => onChange(index, field === LEFT_OUT ? null : field)}
              options={[
                { value: LEFT_OUT, label: "Leave out" },
                ...fieldsOf(entity).map((value) => ({
                  value,
                  label: FIELD_WORDS[value].label,
                  // Each field is held by one column.
                  disabled: mapping.some((taken, column) => taken === value && column !== index),
                })),
              ]}
            />
          ),
        },
      ]}
    />
  );
}

const SHOWN_ROWS = 20;

type Shown = {
  line: number;
  reason: string | null;
  values: Record<string, string>;
  problems: Record<string, string>;
};

function Preview({
  entity,
  mapping,
  inspection,
  hasHeader,
}: {
  entity: Import["entity"];
  mapping: Mapping;
  inspection: Inspection;
  hasHeader: boolean;
}) {
  const fields = useMemo(() => storedFields(entity, mapping), [entity, mapping]);
  const rows = useMemo(
    () =>
      inspection.rows
        .slice(hasHeader ? 1 : 0)
        .slice(0, SHOWN_ROWS)
        .map((row): Shown => {
          // A refused name that would be split stands whole in the first of its two places.
          const raw = Object.fromEntries(
            fields.map(({ field, column }, i) => [
              field,
              fields[i - 1]?.column === column ? "" : (row.cells[column] ?? ""),
            ]),
          );
          if (row.problem) return { line: row.line, reason: row.problem, values: raw, problems: {} };
          const read = readRow({ entity, mapping, columnCount: inspection.columnCount }, row.cells);
          if (read.ok) return { line: row.line, reason: null, values: storedValues(read.row), problems: {} };
          const problems = Object.fromEntries(
            fields.flatMap(({ field, column }) => {
              const problem = read.cellProblems[column];
              return problem ? [[field, problem]] : [];
            }),
          );
          return { line: row.line, reason: read.reason, values: raw, problems };
        }),
    [entity, mapping, fields, inspection, hasHeader],
  );
  const refusedCount = rows.filter((row) => row.reason).length;
  const columns: DataListColumn<Shown>[] = [
    {
      key: "line",
      label: "Line",
      width: "6rem",
      cell: ({ line, reason }) => (
        <span className={reason ? "text-negative" : "text-ink-soft"}>
          {line}
          {reason && " refused"}
        </span>
      ),
    },
    ...fields.map(({ field }) => ({
      key: field,
      label: FIELD_WORDS[field].label,
      width: `${Math.floor(90 / fields.length)}%`,
      cell: ({ values, problems }: Shown) =>
        problems[field] ? (
          <span className="flex items-center gap-1 text-negative" title={problems[field]}>
            <CircleAlert aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{values[field]}</span>
            <span className="sr-only">: {problems[field]}</span>
          </span>
        ) : (
          values[field]
        ),
    })),
  ];
  return (
    <>
      {/* On a phone the rows are cards: scrolled within, so that the button stays near. */}
      <div role="region" aria-label="Preview" tabIndex={0} className="max-sm:max-h-96 max-sm:overflow-y-auto">
        <DataList
          frame="plain"
          label="First rows as they would be stored"
          rows={rows}
          rowKey={({ line }) => String(line)}
          columns={columns}
        />
      </div>
      {refusedCount > 0 && (
        <div className="border-t border-line p-4">
          <p className="text-sm font-medium">
            {refusedCount === 1 ? "1 of these rows" : `${refusedCount} of these rows`} would be refused and
            the others taken:
          </p>
          <ul className="mt-1 flex flex-col gap-0.5 text-sm text-ink-soft">
            {rows
              .filter((row) => row.reason)
              .map((row) => (
                <li key={row.line} className="break-words">
                  Line {row.line}: {row.reason}
                </li>
              ))}
          </ul>
        </div>
      )}
    </>
  );
}

type StoredField = { field: ImportField; column: number };

/** What is stored of a row and which column it comes from: a whole name becomes two. */
function storedFields(entity: Import["entity"], mapping: Mapping): StoredField[] {
  const columnOf = (field: ImportField) => mapping.indexOf(field);
  return fieldsOf(entity).flatMap((field): StoredField[] => {
    const own = columnOf(field);
    if (field === "fullName") return [];
    const column = own < 0 && (field === "firstName" || field === "lastName") ? columnOf("fullName") : own;
    return column < 0 ? [] : [{ field, column }];
  });
}

/** A row's stored values as text, by field. */
function storedValues(row: object): Record<string, string> {
  const { countryCode, company, ...rest } = row as Record<string, string | number | { name: string } | null>;
  const values = Object.entries({ ...rest, country: countryCode, company });
  return Object.fromEntries(
    values.map(([field, value]) => [
      field,
      value && typeof value === "object" ? value.name : String(value ?? ""),
    ]),
  );
}
