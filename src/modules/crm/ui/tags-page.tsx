"use client";
/** All tags of the organization: what carries each, its name and colour, and the way to be rid of one. */
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { DataList } from "~/ui/data-list";
import { EmptyState } from "~/ui/empty-state";
import { IconButton } from "~/ui/icon-button";
import { Link } from "~/ui/link";
import { PageHeader } from "~/ui/page-header";
import { Tag } from "~/ui/tag";
import { toast } from "~/ui/toast";
import type { TagUse } from "../schema";
import { TagDialog } from "./tag-dialog";

export function TagsPage() {
  const { slug } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const [tags] = api.crm.tags.uses.useSuspenseQuery();
  const [open, setOpen] = useState<"new" | TagUse | null>(null);
  const remove = useDelete();
  const counted = (tag: TagUse, many: "companies" | "contacts") => {
    const count = many === "companies" ? tag.companyCount : tag.contactCount;
    if (count === 0) return <span className="text-ink-faint">0</span>;
    return <Link href={`/o/${slug}/${many}?tag=${tag.id}`}>{count.toLocaleString("en")}</Link>;
  };
  const add = mayWrite && (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen("new")}>
      New tag
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Tags"
        description="Words of your own for companies and contacts; lists can be filtered by them."
        actions={add}
      />
      {tags.length === 0 ? (
        <EmptyState
          title="No tags yet"
          description="Tag what belongs together, such as key accounts or people met at a fair, and find it again by one filter."
          sample={
            <span className="flex flex-wrap justify-center gap-2">
              <Tag tone="dye-1">Key account</Tag>
              <Tag tone="dye-3">Spring fair</Tag>
              <Tag tone="dye-5">Press</Tag>
            </span>
          }
          action={add || undefined}
        />
      ) : (
        <DataList
          label="Tags"
          rows={tags}
          rowKey={({ id }) => id}
          columns={[
            { key: "name", label: "Tag", cell: ({ name, tone }) => <Tag tone={tone}>{name}</Tag> },
            {
              key: "companies",
              label: "Companies",
              width: "8rem",
              align: "end",
              cell: (tag) => counted(tag, "companies"),
            },
            {
              key: "contacts",
              label: "Contacts",
              width: "8rem",
              align: "end",
              cell: (tag) => counted(tag, "contacts"),
            },
            ...(mayWrite
              ? [
                  {
                    key: "acts",
                    label: "Acts",
                    labelHidden: true,
                    width: "6rem",
                    align: "end" as const,
                    cell: (tag: TagUse) => (
                      <span className="flex justify-end">
                        <IconButton
                          size="small"
                          label={`Change ${tag.name}`}
                          icon={<Pencil />}
                          onClick={() => setOpen(tag)}
                        />
                        <IconButton
                          size="small"
                          label={`Delete ${tag.name}`}
                          icon={<Trash2 />}
                          onClick={() => remove(tag)}
                        />
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {open && <TagDialog {...(open !== "new" && { tag: open })} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Deletes at once, with the way back. */
function useDelete() {
  const cache = api.useUtils().crm;
  const refresh = () => void cache.invalidate();
  const onError = (error: unknown) => toast.error(refusalOf(error).message);
  const restore = api.crm.tags.restore.useMutation({ onSuccess: refresh, onError });
  const remove = api.crm.tags.delete.useMutation({ onSuccess: refresh, onError });
  return ({ id, name }: TagUse) =>
    remove.mutate(
      { id },
      {
        onSuccess: () => toast.undo(`${name} was deleted.`, { onUndo: () => restore.mutate({ id }) }),
      },
    );
}
