"use client";
/** Two records side by side: which one stays, and whose value of each field. */
import { ArrowLeftRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTenancy } from "~/modules/tenancy/ui";
import { refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter } from "~/ui/card";
import { classNames } from "~/ui/class-names";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import { contactName, countryName, MERGE_FIELDS, suggestTake, type MergeField } from "../rules";
import type { Company, Contact } from "../schema";
import { fieldLabel } from "./field-words";
import { ownerName } from "./owner-name";
import { useRecordCalls } from "./use-record-calls";

type Pair =
  { kind: "company"; records: [Company, Company] } | { kind: "contact"; records: [Contact, Contact] };
/** A record of either kind: its values by field, and those as they are read. */
type Side = {
  id: string;
  updatedAt: Date;
  name: string;
  values: Partial<Record<MergeField, string | number | null>>;
  shown: Partial<Record<MergeField, string>>;
};

function sidesOf(pair: Pair): [Side, Side] {
  if (pair.kind === "company") {
    const side = (record: Company): Side => ({
      id: record.id,
      updatedAt: record.updatedAt,
      name: record.name,
      values: { ...record, ownerId: record.owner?.id ?? null },
      shown: {
        ...(record.countryCode && { countryCode: countryName(record.countryCode, "en") }),
        ...(record.employeeCount !== null && { employeeCount: record.employeeCount.toLocaleString("en") }),
        ownerId: ownerName(record.owner),
      },
    });
    return [side(pair.records[0]), side(pair.records[1])];
  }
  const side = (record: Contact): Side => ({
    id: record.id,
    updatedAt: record.updatedAt,
    name: contactName(record),
    values: { ...record, ownerId: record.owner?.id ?? null, companyId: record.company?.id ?? null },
    shown: { ...(record.company && { companyId: record.company.name }), ownerId: ownerName(record.owner) },
  });
  return [side(pair.records[0]), side(pair.records[1])];
}

export function MergePage(pair: Pair) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const { kind } = pair;
  const sides = sidesOf(pair);
  const [keeps, setKeeps] = useState<0 | 1>(0);
  const [kept, other] = keeps === 0 ? sides : [sides[1], sides[0]];
  const [takes, setTakes] = useState<MergeField[]>(() => suggestTake(kind, kept.values, other.values));
  const [refused, setRefused] = useState<string | null>(null);
  const calls = useRecordCalls(kind);
  const list = `/o/${slug}/${kind === "company" ? "companies" : "contacts"}`;
  const fields = MERGE_FIELDS[kind];
  const differs = (field: MergeField) => (kept.values[field] ?? null) !== (other.values[field] ?? null);

  const merge = async () => {
    setRefused(null);
    try {
      const seen = ({ id, updatedAt }: Side) => ({ id, updatedAt });
      await calls.merge({ kept: seen(kept), other: seen(other), take: takes.filter(differs) });
    } catch (error) {
      return setRefused(refusalOf(error).message);
    }
    calls.refresh();
    router.push(`${list}/${kept.id}`);
    router.refresh();
    toast.undo(`${other.name} was merged into ${kept.name}.`, {
      description: "You can undo it for 30 days.",
      onUndo: () =>
        void calls.undoMerge({ id: other.id }).then(
          () => {
            calls.refresh();
            toast.success("Both records are back.");
            router.refresh();
          },
          (error: unknown) => toast.error(refusalOf(error).message),
        ),
    });
  };

  const swap = () => {
    const next = keeps === 0 ? 1 : 0;
    setKeeps(next);
    setTakes(suggestTake(kind, other.values, kept.values));
  };

  return (
    <>
      <PageHeader
        title={kind === "company" ? "Merge companies" : "Merge contacts"}
        description="Choose the value of each field. Notes, tags and everything linked move to the one that stays."
        actions={
          <Button icon={<ArrowLeftRight aria-hidden />} onClick={swap}>
            Keep the other one
          </Button>
        }
      />
      <Card aria-label="Merge" className="max-w-4xl">
        <CardBody className="flex flex-col gap-4">
          {refused && <Banner tone="negative" title={refused} />}
          <div className="grid grid-cols-2 gap-x-3 sm:grid-cols-[8rem_minmax(0,1fr)_minmax(0,1fr)]">
            <p className="hidden sm:block" />
            <p className="min-w-0 px-2 pb-2">
              <span className="block text-sm text-ink-soft">Stays</span>
              <span className="block truncate font-medium">{kept.name}</span>
            </p>
            <p className="min-w-0 px-2 pb-2">
              <span className="block text-sm text-ink-soft">Is merged into it</span>
              <span className="block truncate font-medium">{other.name}</span>
            </p>
            {fields.map((field) => (
              <Choice
                key={field}
                field={field}
                kept={kept}
                other={other}
                isSame={!differs(field)}
                takesOther={takes.includes(field)}
                onChange={(takesOther) =>
                  setTakes((now) =>
                    takesOther ? [...new Set([...now, field])] : now.filter((one) => one !== field),
                  )
                }
              />
            ))}
          </div>
        </CardBody>
        <CardFooter hint={`The address of ${other.name} will lead to ${kept.name}.`}>
          <Button variant="ghost" asChild>
            <PageLink href={`${list}/duplicates`}>Cancel</PageLink>
          </Button>
          <Button variant="primary" loading={calls.isMerging} onClick={() => void merge()}>
            {kind === "company" ? "Merge companies" : "Merge contacts"}
          </Button>
        </CardFooter>
      </Card>
    </>
  );
}

type ChoiceProps = {
  field: MergeField;
  kept: Side;
  other: Side;
  isSame: boolean;
  takesOther: boolean;
  onChange: (takesOther: boolean) => void;
};

/** One field of both: two radios where they differ, one value where they do not. */
function Choice({ field, kept, other, isSame, takesOther, onChange }: ChoiceProps) {
  const label = fieldLabel(field);
  const read = (side: Side) => side.shown[field] ?? side.values[field]?.toString();
  const option = (side: Side, isOther: boolean) => {
    const isChosen = !isSame && takesOther === isOther;
    const value = read(side) ?? <span className="text-ink-faint">Nothing</span>;
    if (isSame) return <p className="min-w-0 px-2 py-2 break-words text-ink-soft">{value}</p>;
    return (
      <label
        className={classNames(
          "flex min-w-0 cursor-pointer items-start gap-2 rounded-md border px-2 py-1.5 pointer-coarse:min-h-control",
          isChosen ? "border-accent bg-accent/6" : "border-line hover:bg-ink/4",
        )}
      >
        <input
          type="radio"
          name={`merge-${field}`}
          className="mt-1 size-3.5 shrink-0 accent-accent"
          checked={isChosen}
          onChange={() => onChange(isOther)}
        />
        <span className="min-w-0 break-words">{value}</span>
      </label>
    );
  };
  return (
    <div
      // Not a fieldset, which can be no subgrid.
      role={isSame ? "group" : "radiogroup"}
      aria-label={label}
      className="col-span-full grid grid-cols-subgrid items-center gap-y-1 border-t border-line py-2"
    >
      <p aria-hidden className="text-sm text-ink-soft max-sm:col-span-2">
        {label}
      </p>
      {option(kept, false)}
      {option(other, true)}
    </div>
  );
}
