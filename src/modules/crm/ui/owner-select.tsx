"use client";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Select } from "~/ui/select";
import type { Owner } from "../schema";
import { ownerName } from "./owner-name";

const NOBODY = "nobody";

/** Gives a record to a member, or to nobody ("" as a form holds it). */
export function OwnerSelect({
  value,
  onChange,
  label,
  known = null,
}: {
  value: string;
  /** Whose it is, where the record says so: shown until the members have come. */
  known?: Owner | null;
  onChange: (id: string) => void;
  /** Where no `Field` names it. */
  label?: string;
}) {
  const { data = [] } = api.crm.owners.useQuery();
  const { user } = useTenancy();
  const isMine = value === user.id;
  const early = isMine
    ? `${user.name ?? user.email} (me)`
    : known?.id === value
      ? ownerName(known)
      : "Loading";
  return (
    <Select
      {...(label && { "aria-label": label })}
      value={value === "" ? NOBODY : value}
      onValueChange={(id) => onChange(id === NOBODY ? "" : id)}
      options={[
        { value: NOBODY, label: "Nobody" },
        ...data.map(({ id, name, isMe }) => ({ value: id, label: isMe ? `${name} (me)` : name })),
        // Who left still has the record until somebody else is chosen.
        ...(value !== "" && !data.some(({ id }) => id === value)
          ? [{ value, label: data.length > 0 ? "A former member" : early }]
          : []),
      ]}
    />
  );
}
