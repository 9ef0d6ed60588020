"use client";
/** The fields of a record, each changed where it stands: its own first, then what companies and contacts have alike. */
import type { ReactNode } from "react";
import type { z } from "zod";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import type { RecordKind } from "../rules";
import type { Company, Contact } from "../schema";
import { ConflictDialog } from "./conflict-dialog";
import { EditableValue } from "./editable-value";
import { fieldLabel } from "./field-words";
import { ownerName } from "./owner-name";
import { OwnerValue } from "./owner-value";
import { useFieldSave, type RecordPort } from "./use-field-save";

export const NONE = <span className="text-ink-faint">Not given</span>;

type Common = Pick<Company & Contact, "id" | "owner" | "notes" | "createdAt" | "updatedAt" | "importId">;
/** As a form sends it: text, from which the server reads the value. */
type Written<Field extends string> = { id: string } & Partial<Record<Field | "ownerId", string | null>>;
type Item = { key: string; term: string; value: ReactNode };
type Save<Record_ extends Common, Field extends string> = ReturnType<
  typeof useFieldSave<Record_, Written<Field>>
>["save"];

type How = {
  isLong?: boolean;
  type?: "tel" | "email";
  /** As it is written, where that is not the value itself: a country's name for its code. */
  written?: string;
};

export function RecordDetails<Record_ extends Common, Field extends string>({
  kind,
  record,
  rules,
  port,
  items,
}: {
  kind: RecordKind;
  record: Record_;
  /** What may be written into a field, by its name. */
  rules: Record<Field | "notes", z.ZodType>;
  port: RecordPort<Record_, Written<Field>>;
  /** The fields that only this kind has. `text` makes one of a field, with what is read where it has a value. */
  items: (
    text: (field: Field & keyof Record_, shown: ReactNode, how?: How) => Item,
    save: Save<Record_, Field>,
  ) => Item[];
}) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayEdit = useMay("crm.write");
  const { save, conflict } = useFieldSave(port);
  const { id, owner } = record;
  const asText = (value: unknown) => (value === null || value === undefined ? null : String(value));

  const text = (
    field: (Field | "notes") & keyof Record_,
    shown: ReactNode,
    { written, ...how }: How = {},
  ): Item => {
    const was = record[field];
    const rule = rules[field];
    const values = (value: string | null) => ({ id, [field]: value }) as Written<Field>;
    const label = fieldLabel(field);
    return {
      key: field,
      term: label,
      value: (
        <EditableValue
          label={label}
          text={written ?? asText(was) ?? ""}
          rule={rule}
          mayEdit={mayEdit}
          {...how}
          onSave={(given) =>
            save({
              label,
              values: values(given),
              patch: { [field]: rule.parse(given) ?? null } as Partial<Record_>,
              back: {
                values: values(asText(was)),
                patch: { [field]: was } as unknown as Partial<Record_>,
              },
              shown: (version) => asText(version[field]),
            })
          }
        >
          {was === null ? NONE : shown}
        </EditableValue>
      ),
    };
  };

  return (
    <>
      <DescriptionList
        layout="stacked"
        items={[
          ...items(text, save),
          {
            key: "ownerId",
            term: "Owner",
            value: (
              <OwnerValue
                owner={owner}
                mayEdit={mayEdit}
                onChange={(next) =>
                  save({
                    label: "Owner",
                    values: { id, ownerId: next?.id ?? null } as Written<Field>,
                    patch: { owner: next } as Partial<Record_>,
                    back: {
                      values: { id, ownerId: owner?.id ?? null } as Written<Field>,
                      patch: { owner } as Partial<Record_>,
                    },
                    shown: (version) => ownerName(version.owner),
                  })
                }
              />
            ),
          },
          text("notes", <span className="whitespace-pre-wrap">{record.notes}</span>, { isLong: true }),
          {
            key: "created",
            term: "Added",
            value: <RelativeTime at={record.createdAt} timeZone={timeZone} />,
          },
          ...(record.importId
            ? [
                {
                  key: "import",
                  term: "Came by",
                  value: <Link href={`/o/${slug}/imports/${record.importId}`}>an import</Link>,
                },
              ]
            : []),
          { key: "id", term: "Id", value: <CopyId value={id} label={`Copy ${kind} id`} /> },
        ]}
      />
      <ConflictDialog conflict={conflict} />
    </>
  );
}
