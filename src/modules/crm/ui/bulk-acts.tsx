"use client";
import { Trash2, UserRound } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useFollowJob } from "~/modules/jobs/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import type { TableSelection } from "~/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { formatNumber } from "~/ui/format-number";
import { toast } from "~/ui/toast";
import type { RecordKind } from "../rules";
import type { BulkAct, CompanyMatching, ContactMatching, MatchingChanged } from "../schema";

const NOUNS = {
  company: { one: "company", many: "companies" },
  contact: { one: "contact", many: "contacts" },
} as const;

/** More than this at a time is asked about first: its undo takes a while too. */
const AT_ONCE = 1_000;

type Words = { done: (what: string) => string; doing: (what: string) => string };
export type RunBulkAct = (act: BulkAct, words: Words) => void;

type Props = {
  kind: RecordKind;
  selection: TableSelection;
  /** What the list shows, for acts on all of it. */
  matching: CompanyMatching | ContactMatching;
  clear: () => void;
  /** Further buttons, which run acts the same way: `children={(run) => …}`. */
  children?: (run: RunBulkAct, isBusy: boolean) => ReactNode;
};

/** What can be done to the selected records. Each act can be taken back, also when a job did it. */
export function BulkActs({ kind, selection, matching, clear, children }: Props) {
  const { run, isBusy } = useBulkAct(kind, selection, matching, clear);
  const [isAsking, setAsking] = useState(false);
  const what = countWords(kind, selection.count);
  const remove = () =>
    run(
      { do: "delete" },
      { done: (records) => `${records} deleted`, doing: (records) => `Deleting ${records}` },
    );
  return (
    <>
      <GiveTo run={run} isBusy={isBusy} />
      {children?.(run, isBusy)}
      <Button
        size="small"
        variant="danger"
        icon={<Trash2 aria-hidden />}
        loading={isBusy}
        onClick={() => (selection.count > AT_ONCE ? setAsking(true) : remove())}
      >
        Delete
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete ${what}`}
        description="This runs as a job. For 30 days it can be undone as a whole, on the page of that job."
        confirmLabel={`Delete ${what}`}
        phrase={formatNumber(selection.count)}
        phraseLabel={`Type ${formatNumber(selection.count)} to confirm`}
        onConfirm={remove}
      />
    </>
  );
}

function GiveTo({ run, isBusy }: { run: RunBulkAct; isBusy: boolean }) {
  const { data: owners = [] } = api.crm.owners.useQuery(undefined, { staleTime: 5 * 60_000 });
  const give = (ownerId: string | null, name: string) =>
    run(
      { do: "own", ownerId },
      {
        done: (records) => (ownerId ? `${records} given to ${name}` : `${records} given to nobody`),
        doing: (records) => `Giving ${records} to ${name}`,
      },
    );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger>
        <Button size="small" icon={<UserRound aria-hidden />} loading={isBusy}>
          Give to
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuLabel>New owner</DropdownMenuLabel>
        {owners.map(({ id, name, isMe }) => (
          <DropdownMenuItem key={id} onSelect={() => give(id, isMe ? "you" : name)}>
            {isMe ? `${name} (me)` : name}
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => give(null, "nobody")}>Nobody</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Runs one act on what is selected, says what came of it, and takes it back when asked. */
function useBulkAct(
  kind: RecordKind,
  selection: TableSelection,
  matching: CompanyMatching | ContactMatching,
  clear: () => void,
): { run: RunBulkAct; isBusy: boolean } {
  const utils = api.useUtils();
  const follow = useFollowJob();
  const onError = (error: unknown) =>
    toast.error("Nothing was changed", { description: refusalOf(error).message });
  const companies = useMutations(api.crm.companies, onError);
  const contacts = useMutations(api.crm.contacts, onError);
  const acts = kind === "company" ? companies : contacts;
  const show = () => void utils.crm.invalidate();

  const undo = async (batchId: string, what: string) => {
    const { jobId, count } = await acts.undo.mutateAsync({ batchId });
    if (jobId) {
      follow({
        jobId,
        doing: `Taking it back for ${what}`,
        onCompleted: (job, id) => {
          show();
          toast.success(`Undone: ${countWords(kind, Number(job.result?.changed ?? 0))}`, { id });
        },
      });
    } else {
      show();
      toast.success(`Undone: ${countWords(kind, count)}`);
    }
  };
  const tell = ({ batchId, count }: { batchId: string; count: number }, words: Words, id?: string) => {
    show();
    const what = countWords(kind, count);
    if (count === 0) toast.info("Nothing had to be changed", { ...(id && { id }) });
    else {
      toast.undo(words.done(what), {
        onUndo: () => void undo(batchId, what).catch(onError),
        ...(id && { id }),
      });
    }
  };
  const perform = async (act: BulkAct): Promise<MatchingChanged> => {
    if (selection.all) return acts.matching.mutateAsync({ matching, act });
    const { ids } = selection;
    switch (act.do) {
      case "delete":
        return { ...(await acts.remove.mutateAsync({ ids })), jobId: null };
      case "own":
        return { ...(await acts.update.mutateAsync({ ids, ownerId: act.ownerId })), jobId: null };
      case "tag":
        return { ...(await acts.tag.mutateAsync({ ids, tagId: act.tagId })), jobId: null };
      case "untag":
        return { ...(await acts.untag.mutateAsync({ ids, tagId: act.tagId })), jobId: null };
    }
  };
  const run: RunBulkAct = (act, words) =>
    void perform(act).then(
      (done) => {
        clear();
        const { jobId } = done;
        if (!jobId) return tell(done, words);
        follow({
          jobId,
          doing: words.doing(countWords(kind, selection.count)),
          onCompleted: (job, id) =>
            tell({ batchId: jobId, count: Number(job.result?.changed ?? 0) }, words, id),
        });
      },
      () => undefined,
    );
  const isBusy = [acts.remove, acts.update, acts.tag, acts.untag, acts.matching].some((act) => act.isPending);
  return { run, isBusy };
}

/** Both routers have the same acts. */
function useMutations(
  acts: typeof api.crm.companies | typeof api.crm.contacts,
  onError: (e: unknown) => void,
) {
  return {
    remove: acts.bulkDelete.useMutation({ onError }),
    update: acts.bulkUpdate.useMutation({ onError }),
    tag: acts.bulkTag.useMutation({ onError }),
    untag: acts.bulkUntag.useMutation({ onError }),
    matching: acts.changeMatching.useMutation({ onError }),
    undo: acts.bulkUndo.useMutation({ onError }),
  };
}

const countWords = (kind: RecordKind, count: number): string =>
  `${formatNumber(count)} ${count === 1 ? NOUNS[kind].one : NOUNS[kind].many}`;
