"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { listInput } from "~/kernel/paging";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import type { DataTableFilter } from "~/ui/data-table";
import { useTableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import { AuditInput, type AuditRow } from "../schema";
import { auditColumns } from "./audit-columns";
import { ConsoleList } from "./console-list";
import { AUDIT } from "./headings";
import { useOrganizationFilter } from "./organization-filter";

const FILTERS = ["org", "action", "person"];
const KINDS = [
  ["staff", "Acts of staff"],
  ["session", "Sessions"],
  ["sign_in", "Refused sign-ins"],
  ["permission", "Refused permissions"],
  ["passkey", "Passkeys"],
  ["organization", "Organizations"],
  ["feature", "Features"],
  ["job", "Jobs"],
  ["member", "Members"],
  ["key", "API keys"],
] as const;

export function AuditPage() {
  const address = useTableAddress(FILTERS);
  const input = listInput(AuditInput, address.asked);
  const page = api.admin.audit.useQuery(input, { placeholderData: keepPreviousData });
  const org = useOrganizationFilter(address.filters.org ?? null, "The platform’s own");
  const { person } = address.filters;
  const save = api.admin.exportAudit.useMutation({
    onSuccess: ({ csv, rows, isCut }) => {
      download(csv);
      toast.success(isCut ? `The newest ${rows} entries were exported` : `${rows} entries were exported`);
    },
    onError: (error) => toast.error("The log was not exported", { description: refusalOf(error).message }),
  });
  const filters: DataTableFilter[] = [
    org,
    {
      key: "action",
      label: "Kind of act",
      anyLabel: "Any act",
      options: KINDS.map(([value, label]) => ({ value, label })),
    },
    ...(person
      ? [
          {
            key: "person",
            label: "Person",
            anyLabel: "Anybody",
            options: [
              {
                value: person,
                label:
                  page.data?.items.find(({ actor }) => actor?.id === person)?.actor?.name ??
                  `${person.slice(0, 8)}…`,
              },
            ],
          },
        ]
      : []),
  ];
  return (
    <ConsoleList<AuditRow>
      heading={AUDIT}
      page={page}
      nouns={{ one: "entry", many: "entries" }}
      columns={auditColumns}
      address={address}
      search={{ label: "Search the log", placeholder: "Name, act or id" }}
      filters={filters}
      tools={
        <Button
          loading={save.isPending}
          onClick={() => {
            const { search, org, person, action } = input;
            save.mutate({
              ...(search && { search }),
              ...(org && { org }),
              ...(person && { person }),
              ...(action && { action }),
            });
          }}
        >
          Export CSV
        </Button>
      }
      empty={{
        title: "Nothing stands in this log yet",
        description: "Sign-ins, acts of staff and refusals are written here, sealed one to the other.",
        sample: {
          icon: <ShieldCheck aria-hidden />,
          title: "Sam suspended Northwind",
          detail: "Not paid for",
          state: "Sealed",
        },
      }}
    />
  );
}

function download(csv: string) {
  const url = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
