"use client";
import { api } from "~/trpc/client";
import { Select } from "~/ui/select";

const NOBODY = "nobody";

/** Gives a record to a member, or to nobody ("" as a form holds it). */
export function OwnerSelect({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (id: string) => void;
  /** Where no `Field` names it. */
  label?: string;
}) {
  const { data = [] } = api.crm.owners.useQuery();
  return (
    <Select
      {...(label && { "aria-label": label })}
      value={value === "" ? NOBODY : value}
      onValueChange={(id) => onChange(id === NOBODY ? "" : id)}
      options={[
        { value: NOBODY, label: "Nobody" },
        ...data.map(({ id, name, isMe }) => ({ value: id, label: isMe ? `${name} (me)` : name })),
        // Who left still has the record until somebody else is chosen.
        ...(value !== "" && data.length > 0 && !data.some(({ id }) => id === value)
          ? [{ value, label: "A former member" }]
          : []),
      ]}
    />
  );
}
