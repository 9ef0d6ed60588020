"use client";
import { api } from "~/trpc/client";
import { toast } from "~/ui/toast";
import type { Owner } from "../schema";
import { ownerName } from "./owner-name";
import { OwnerSelect } from "./owner-select";

/** Whose a record is, and the choice of whoever may change it. `onChange` answers why it was refused. */
export function OwnerValue({
  owner,
  mayEdit,
  onChange,
}: {
  owner: Owner | null;
  mayEdit: boolean;
  onChange: (owner: Owner | null) => Promise<string | null>;
}) {
  const { data: members = [] } = api.crm.owners.useQuery(undefined, { enabled: mayEdit });
  if (!mayEdit) return ownerName(owner);
  return (
    <OwnerSelect
      label="Owner"
      known={owner}
      value={owner?.id ?? ""}
      onChange={(id) => {
        const chosen = members.find((member) => member.id === id) ?? null;
        if ((chosen?.id ?? "") === (owner?.id ?? "")) return;
        void onChange(chosen).then((refused) => refused && toast.error(refused));
      }}
    />
  );
}
