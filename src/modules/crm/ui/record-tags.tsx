"use client";
/** The tags of one record: shown, put on, taken off, and made on the way. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { PageLink } from "~/ui/page-link";
import { Tag, TagDot } from "~/ui/tag";
import { toast } from "~/ui/toast";
import type { RecordRef, Tag as TagOf } from "../schema";
import { TagDialog } from "./tag-dialog";
import { useRecordCalls } from "./use-record-calls";

export function RecordTags({ of, tags }: { of: RecordRef; tags: TagOf[] }) {
  const { slug } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const [isNaming, setIsNaming] = useState(false);
  const known = api.crm.tags.list.useQuery(undefined, { enabled: mayWrite, staleTime: 60_000 });
  const { tag, untag, undo, refresh } = useRecordCalls(of.kind);
  const change = async (one: TagOf, isOn: boolean) => {
    try {
      const call = isOn ? tag : untag;
      const { batchId } = await call({ ids: [of.id], tagId: one.id });
      refresh();
      toast.undo(isOn ? `Tagged ${one.name}.` : `${one.name} taken off.`, {
        onUndo: () => void undo({ batchId }).then(refresh),
      });
    } catch (error) {
      toast.error(refusalOf(error).message);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.length > 0 && (
        <ul aria-label="Tags" className="contents">
          {tags.map(({ id, name, tone }) => (
            <li key={id} className="flex max-w-full">
              <Tag tone={tone}>{name}</Tag>
            </li>
          ))}
        </ul>
      )}
      {mayWrite && (
        <DropdownMenu>
          <DropdownMenuTrigger>
            <Button
              size="small"
              variant="ghost"
              className={tags.length === 0 ? "-ms-2" : undefined}
              icon={<Plus aria-hidden />}
            >
              {tags.length === 0 ? "Add tag" : "Tags"}
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent className="max-h-80 overflow-y-auto">
            {known.data?.map((one) => (
              <DropdownMenuCheckboxItem
                key={one.id}
                checked={tags.some(({ id }) => id === one.id)}
                onCheckedChange={(isOn) => void change(one, isOn)}
              >
                <span className="flex items-center gap-2">
                  <TagDot tone={one.tone} />
                  {one.name}
                </span>
              </DropdownMenuCheckboxItem>
            ))}
            {known.data && known.data.length > 0 && <DropdownMenuSeparator />}
            <DropdownMenuItem icon={<Plus aria-hidden />} onSelect={() => setIsNaming(true)}>
              New tag
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <PageLink href={`/o/${slug}/tags`}>Manage tags</PageLink>
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {isNaming && (
        <TagDialog onClose={() => setIsNaming(false)} onSaved={(made) => made && void change(made, true)} />
      )}
    </div>
  );
}
