"use client";
/** In the bulk bar: puts a tag on what is selected, or takes one off; two selected records can be merged. */
import { ArrowRightLeft, Tag as TagIcon } from "lucide-react";
import { useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import type { TableSelection } from "~/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { PageLink } from "~/ui/page-link";
import { TagDot } from "~/ui/tag";
import type { RecordKind } from "../rules";
import type { RunBulkAct } from "./bulk-acts";

type Props = { kind: RecordKind; selection: TableSelection; run: RunBulkAct; isBusy: boolean };

export function TagActs({ kind, selection, run, isBusy }: Props) {
  const { slug } = useTenancy().currentOrganization;
  const { data: tags = [] } = api.crm.tags.list.useQuery(undefined, { staleTime: 60_000 });
  const [first, second] = selection.all ? [] : selection.ids;
  const list = `/o/${slug}/${kind === "company" ? "companies" : "contacts"}`;
  const entry = (act: "tag" | "untag", { id, name, tone }: (typeof tags)[number]) => (
    <DropdownMenuItem
      key={act + id}
      icon={<TagDot tone={tone} />}
      onSelect={() =>
        run(
          { do: act, tagId: id },
          act === "tag"
            ? {
                done: (records) => `${records} tagged ${name}`,
                doing: (records) => `Tagging ${records} ${name}`,
              }
            : {
                done: (records) => `${name} taken off ${records}`,
                doing: (records) => `Taking ${name} off ${records}`,
              },
        )
      }
    >
      {name}
    </DropdownMenuItem>
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger>
          <Button size="small" icon={<TagIcon aria-hidden />} loading={isBusy}>
            Tag
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-h-80 overflow-y-auto">
          {tags.length > 0 && (
            <>
              <DropdownMenuLabel>Put on</DropdownMenuLabel>
              {tags.map((tag) => entry("tag", tag))}
              <DropdownMenuSeparator />
              <DropdownMenuLabel>Take off</DropdownMenuLabel>
              {tags.map((tag) => entry("untag", tag))}
              <DropdownMenuSeparator />
            </>
          )}
          <DropdownMenuItem asChild>
            <PageLink href={`/o/${slug}/tags`}>Manage tags</PageLink>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {selection.count === 2 && first && second && (
        <Button size="small" icon={<ArrowRightLeft aria-hidden />} asChild>
          <PageLink href={`${list}/merge?first=${first}&second=${second}`}>Merge</PageLink>
        </Button>
      )}
    </>
  );
}
