"use client";
/** What happened to a record, with the notes of members, and the place to write one. */
import {
  ArrowRightLeft,
  FileInput,
  Link2,
  Link2Off,
  MessageSquare,
  Pencil,
  Plus,
  Tag as TagIcon,
  Trash2,
  Undo2,
} from "lucide-react";
import { useState, type ReactNode } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { Field } from "~/ui/field";
import { IconButton } from "~/ui/icon-button";
import { Link } from "~/ui/link";
import { RelativeTime } from "~/ui/relative-time";
import { Skeleton } from "~/ui/skeleton";
import { Tag } from "~/ui/tag";
import { Textarea } from "~/ui/textarea";
import { Timeline } from "~/ui/timeline";
import { toast } from "~/ui/toast";
import { VALUES } from "../rules";
import { TIMELINE_SHOWN, type RecordRef, type TimelineItem } from "../schema";
import { fieldLabel } from "./field-words";

export function RecordTimeline({ of }: { of: RecordRef }) {
  const { timeZone } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const pages = api.crm.timeline.useInfiniteQuery(
    { of, limit: TIMELINE_SHOWN },
    { getNextPageParam: (page) => page.nextCursor },
  );
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card>
      <CardHeader title="Activity" />
      <CardBody className="flex flex-col gap-5">
        {mayWrite && <NoteForm of={of} />}
        {pages.isPending ? (
          <div role="status" className="flex flex-col gap-4">
            <span className="sr-only">Loading activity</span>
            {["w-1/2", "w-2/3", "w-3/5"].map((width) => (
              <Skeleton key={width} className={`h-6 ${width}`} />
            ))}
          </div>
        ) : pages.isError ? (
          <p className="text-base text-ink-soft">
            {refusalOf(pages.error).message}{" "}
            <Button size="small" onClick={() => void pages.refetch()}>
              Try again
            </Button>
          </p>
        ) : (
          <Timeline
            items={items.map((item) => ({
              key: item.id + item.kind,
              icon: item.import ? <FileInput /> : ICONS[item.kind],
              title: <Title item={item} />,
              time: <RelativeTime at={item.at} timeZone={timeZone} />,
              detail: item.note ? <Note item={item} /> : <Changes item={item} />,
            }))}
          />
        )}
        {pages.hasNextPage && (
          <Button
            className="self-start"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Show earlier activity
          </Button>
        )}
      </CardBody>
    </Card>
  );
}

const ICONS: Record<TimelineItem["kind"], ReactNode> = {
  added: <Plus />,
  created: <Plus />,
  changed: <Pencil />,
  deleted: <Trash2 />,
  restored: <Undo2 />,
  imported: <FileInput />,
  merged: <ArrowRightLeft />,
  merged_into: <ArrowRightLeft />,
  unmerged: <Undo2 />,
  tagged: <TagIcon />,
  untagged: <TagIcon />,
  linked: <Link2 />,
  unlinked: <Link2Off />,
  note: <MessageSquare />,
};

/** "Jane", "You"; what nobody did by hand has no subject. */
const who = ({ by }: TimelineItem): string =>
  by === null ? "Tenantry" : by.isMe ? "You" : (by.name ?? "A former member");

function Title({ item }: { item: TimelineItem }) {
  const { slug } = useTenancy().currentOrganization;
  const mayReadImports = useMay("import.read");
  const { kind, record, tag, changes } = item;
  const name = <strong className="font-medium">{who(item)}</strong>;
  const other = record ? (
    <>
      <Link href={`/o/${slug}/${record.kind === "company" ? "companies" : "contacts"}/${record.id}`}>
        {record.name}
      </Link>
      {record.others > 0 && ` and ${record.others} more`}
    </>
  ) : (
    "a record that is gone"
  );
  const imported = item.import && (
    <>
      from{" "}
      {mayReadImports ? (
        <Link href={`/o/${slug}/imports/${item.import.id}`}>{item.import.fileName}</Link>
      ) : (
        item.import.fileName
      )}
    </>
  );
  const chip = tag ? <Tag tone={tag.tone}>{tag.name}</Tag> : "a tag that is gone";
  switch (kind) {
    case "added":
      return imported ? (
        <>
          {name} imported it {imported}
        </>
      ) : (
        "Added"
      );
    case "created":
      return <>{name} added it</>;
    case "imported":
      return (
        <>
          {name} updated it {imported ?? "from a file"}
        </>
      );
    case "changed":
      return (
        <>
          {name} changed{" "}
          {changes.length === 1 ? fieldLabel(changes[0]!.field).toLowerCase() : `${changes.length} fields`}
        </>
      );
    case "deleted":
      return <>{name} deleted it</>;
    case "restored":
      return <>{name} brought it back</>;
    case "merged":
      return (
        <>
          {name} merged {other} into it
        </>
      );
    case "merged_into":
      return (
        <>
          {name} merged it into {other}
        </>
      );
    case "unmerged":
      return (
        <>
          {name} undid the merge with {other}
        </>
      );
    case "tagged":
      return (
        <>
          {name} added {chip}
        </>
      );
    case "untagged":
      return (
        <>
          {name} took off {chip}
        </>
      );
    case "linked":
      return (
        <>
          {name} linked {other}
        </>
      );
    case "unlinked":
      return (
        <>
          {name} unlinked {other}
        </>
      );
    case "note":
      return <>{name} wrote a note</>;
  }
}

function Changes({ item: { changes } }: { item: TimelineItem }) {
  if (changes.length === 0) return null;
  const none = <span className="text-ink-faint">nothing</span>;
  return (
    <ul className="flex flex-col gap-0.5">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="break-words">
          {changes.length > 1 && `${fieldLabel(field)}: `}
          <del className="text-ink-faint decoration-ink-faint">{before ?? none}</del>
          <span aria-hidden> → </span>
          <span className="sr-only"> became </span>
          <ins className="no-underline">{after ?? none}</ins>
        </li>
      ))}
    </ul>
  );
}

/** A note can be changed and deleted by who wrote it, where it stands. */
function Note({ item }: { item: TimelineItem }) {
  const mayWrite = useMay("crm.write");
  const cache = api.useUtils().crm;
  const [isEditing, setIsEditing] = useState(false);
  const refresh = () => void cache.timeline.invalidate();
  const onError = (error: unknown) => toast.error(refusalOf(error).message);
  const restore = api.crm.notes.restore.useMutation({ onSuccess: refresh, onError });
  const remove = api.crm.notes.delete.useMutation({
    onSuccess: () => {
      refresh();
      toast.undo("Note deleted.", { onUndo: () => restore.mutate({ id: item.id }) });
    },
    onError,
  });
  const { body, isEdited, updatedAt } = item.note!;
  if (isEditing) {
    return <NoteEditor id={item.id} body={body} updatedAt={updatedAt} onClose={() => setIsEditing(false)} />;
  }
  return (
    <div className="flex items-start gap-2 rounded-lg bg-sunken px-3 py-2 dark:bg-ink/5">
      <p className="min-w-0 grow text-base break-words whitespace-pre-wrap text-ink">
        {body}
        {isEdited && <span className="text-sm text-ink-soft"> (edited)</span>}
      </p>
      {mayWrite && item.by?.isMe && (
        <span className="-my-1 -me-2 flex shrink-0">
          <IconButton size="small" label="Edit note" icon={<Pencil />} onClick={() => setIsEditing(true)} />
          <IconButton
            size="small"
            label="Delete note"
            icon={<Trash2 />}
            loading={remove.isPending}
            onClick={() => remove.mutate({ id: item.id })}
          />
        </span>
      )}
    </div>
  );
}

function NoteEditor(p: { id: string; body: string; updatedAt: Date; onClose: () => void }) {
  const cache = api.useUtils().crm;
  const [body, setBody] = useState(p.body);
  const [problem, setProblem] = useState<string | null>(null);
  const update = api.crm.notes.update.useMutation({
    onSuccess: () => {
      void cache.timeline.invalidate();
      p.onClose();
    },
    onError: (error) => setProblem(refusalOf(error).message),
  });
  const save = () => {
    const parsed = VALUES.note.safeParse(body);
    if (!parsed.success) return setProblem(parsed.error.issues[0]!.message);
    update.mutate({ id: p.id, body, updatedAt: p.updatedAt });
  };
  return (
    <div className="flex flex-col gap-2">
      <Field id={`note-${p.id}`} label="Note" error={problem ?? undefined}>
        <Textarea
          autoFocus
          rows={3}
          value={body}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") p.onClose();
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
          }}
        />
      </Field>
      <span className="flex gap-1.5">
        <Button size="small" variant="primary" loading={update.isPending} onClick={save}>
          Save note
        </Button>
        <Button size="small" variant="ghost" onClick={p.onClose}>
          Cancel
        </Button>
      </span>
    </div>
  );
}

function NoteForm({ of }: { of: RecordRef }) {
  const cache = api.useUtils().crm;
  const [body, setBody] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const create = api.crm.notes.create.useMutation({
    onSuccess: () => {
      setBody("");
      void cache.timeline.invalidate();
    },
    onError: (error) => setProblem(refusalOf(error).message),
  });
  const send = () => {
    const parsed = VALUES.note.safeParse(body);
    if (!parsed.success) return setProblem(parsed.error.issues[0]!.message);
    create.mutate({ of, body });
  };
  return (
    <form
      noValidate
      method="post"
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field id={`new-note-${of.id}`} label="Write a note" error={problem ?? undefined}>
        <Textarea
          rows={2}
          placeholder="What should colleagues know?"
          value={body}
          onChange={(event) => {
            setBody(event.target.value);
            setProblem(null);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send();
          }}
        />
      </Field>
      <Button type="submit" size="small" className="self-start" loading={create.isPending}>
        Add note
      </Button>
    </form>
  );
}
