"use client";
import { Bookmark, ChevronDown, Pencil, Pin, PinOff, Plus, Save, Trash2, Users } from "lucide-react";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import type { TableAddress } from "~/ui/table-address";
import { toast } from "~/ui/toast";
import { fitting, isSame } from "../rules";
import type { View, ViewState } from "../schema";
import { ViewDialog } from "./view-dialog";

/** In the address: the list by itself, although the person's list opens with a view. */
const ALL = "all";

type Props = {
  /** Name of the list: "companies". */
  list: string;
  /** As sentences say it: "companies". */
  noun: string;
  /** Keys of all columns the list has today. */
  columns: readonly string[];
  address: TableAddress;
};

/** Saved views of a list: opens them, keeps what is on screen, shares, and chooses what the list opens with. */
export function ViewMenu({ list, noun, columns, address }: Props) {
  const { data } = api.views.list.useQuery({ list }, { staleTime: 60_000 });
  const { acts, isBusy } = useViewActs(list);
  const [dialog, setDialog] = useState<"keep" | "rename" | null>(null);
  const views = data?.views ?? [];
  const open = views.find(({ id }) => id === address.view) ?? null;
  const known = { columns, filters: Object.keys(address.filters) };
  const now = stateOf(address);
  const isChanged = open !== null && !isSame(fitting(open.state, known).state, now);
  const show = (view: View | null) => {
    const { state, gone } = view
      ? fitting(view.state, known)
      : { state: { search: "", sort: null, filters: {}, columns: null }, gone: [] };
    const none = Object.fromEntries(known.filters.map((name) => [name, null]));
    address.change({ ...state, filters: { ...none, ...state.filters }, view: view?.id ?? ALL });
    if (gone.length > 0) {
      toast.info("Part of this view is not there any more", {
        description: `Without ${[...new Set(gone)].join(", ")}. Save the view to forget it.`,
      });
    }
  };
  const own = views.filter(({ isShared }) => !isShared);
  const shared = views.filter(({ isShared }) => isShared);
  const isDefault = open !== null && data?.defaultId === open.id;

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger>
          <Button icon={<Bookmark aria-hidden />} loading={isBusy} className="max-w-56 text-sm">
            <span className="flex min-w-0 items-center gap-1.5">
              <span className="truncate">{open ? open.name : `All ${noun}`}</span>
              {isChanged && <span className="shrink-0 font-normal text-ink-soft">changed</span>}
              <ChevronDown aria-hidden className="shrink-0 text-ink-faint" />
            </span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent className="max-w-72 min-w-60">
          <DropdownMenuRadioGroup
            value={open?.id ?? ALL}
            onValueChange={(id) => show(views.find((view) => view.id === id) ?? null)}
          >
            <DropdownMenuRadioItem value={ALL}>All {noun}</DropdownMenuRadioItem>
            {own.length > 0 && <DropdownMenuLabel>My views</DropdownMenuLabel>}
            {own.map((view) => (
              <Choice key={view.id} view={view} isDefault={data?.defaultId === view.id} />
            ))}
            {shared.length > 0 && <DropdownMenuLabel>Shared with everybody</DropdownMenuLabel>}
            {shared.map((view) => (
              <Choice key={view.id} view={view} isDefault={data?.defaultId === view.id} />
            ))}
          </DropdownMenuRadioGroup>
          {(data?.mayKeep || open?.mayChange) && <DropdownMenuSeparator />}
          {open && isChanged && open.mayChange && (
            <DropdownMenuItem icon={<Save aria-hidden />} onSelect={() => acts.save(open, now)}>
              Save changes
            </DropdownMenuItem>
          )}
          {data?.mayKeep && (
            <DropdownMenuItem icon={<Plus aria-hidden />} onSelect={() => setDialog("keep")}>
              Save as a new view
            </DropdownMenuItem>
          )}
          {open && (
            <>
              {data?.mayKeep && (
                <DropdownMenuItem
                  icon={isDefault ? <PinOff aria-hidden /> : <Pin aria-hidden />}
                  onSelect={() => acts.setDefault(isDefault ? null : open.id, noun)}
                >
                  {isDefault ? "Do not open first" : "Open first"}
                </DropdownMenuItem>
              )}
              {open.mayChange && (
                <DropdownMenuItem icon={<Pencil aria-hidden />} onSelect={() => setDialog("rename")}>
                  Rename
                </DropdownMenuItem>
              )}
              {!open.isShared && data?.mayShare && (
                <DropdownMenuItem
                  icon={<Users aria-hidden />}
                  onSelect={() => acts.share(open, (id) => address.change({ view: id }))}
                >
                  Share with everybody
                </DropdownMenuItem>
              )}
              {open.mayChange && (
                <DropdownMenuItem
                  danger
                  icon={<Trash2 aria-hidden />}
                  onSelect={() => acts.remove(open, (id) => address.change({ view: id }))}
                >
                  Delete view
                </DropdownMenuItem>
              )}
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {dialog === "keep" && (
        <ViewDialog
          title="Save as a new view"
          action="Save view"
          mayShare={data?.mayShare ?? false}
          onClose={() => setDialog(null)}
          onSave={async (name, isShared) => {
            const id = await acts.keep({ name, state: now, isShared });
            address.change({ view: id });
          }}
        />
      )}
      {dialog === "rename" && open && (
        <ViewDialog
          title="Rename view"
          action="Rename"
          name={open.name}
          mayShare={false}
          onClose={() => setDialog(null)}
          onSave={(name) => acts.rename(open, name)}
        />
      )}
    </>
  );
}

function Choice({ view, isDefault }: { view: View; isDefault: boolean }) {
  return (
    <DropdownMenuRadioItem value={view.id}>
      <span className="min-w-0 truncate">{view.name}</span>
      {isDefault && (
        <span className="ms-auto flex items-center gap-1 text-xs text-ink-faint">
          <Pin aria-hidden className="size-3!" />
          opens first
        </span>
      )}
    </DropdownMenuRadioItem>
  );
}

const stateOf = ({ search, sort, filters, columns }: TableAddress): ViewState => ({
  search,
  sort,
  filters: Object.fromEntries(
    Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null),
  ),
  columns,
});

/** Changes of views, with what is said of each; whatever fails says why. */
function useViewActs(list: string) {
  const utils = api.useUtils();
  const onSettled = () => utils.views.list.invalidate({ list });
  const onError = (error: unknown) => toast.error(refusalOf(error).message);
  // The dialog shows what is wrong with a name itself.
  const keep = api.views.keep.useMutation({ onSettled });
  const share = api.views.share.useMutation({ onSettled });
  const change = api.views.change.useMutation({ onSettled });
  const changeShared = api.views.changeShared.useMutation({ onSettled });
  const remove = api.views.delete.useMutation({ onSettled, onError });
  const removeShared = api.views.deleteShared.useMutation({ onSettled, onError });
  const setDefault = api.views.setDefault.useMutation({ onSettled, onError });
  const all = [keep, share, change, changeShared, remove, removeShared, setDefault];

  const keepView = async ({ isShared, ...view }: { name: string; state: ViewState; isShared: boolean }) => {
    const { id } = await (isShared ? share : keep).mutateAsync({ list, ...view });
    return id;
  };
  const changeView = async ({ id, isShared }: View, values: { name?: string; state?: ViewState }) => {
    await (isShared ? changeShared : change).mutateAsync({ id, ...values });
  };
  return {
    isBusy: all.some(({ isPending }) => isPending),
    acts: {
      keep: keepView,
      rename: (view: View, name: string) => changeView(view, { name }),
      save: (view: View, state: ViewState) =>
        void changeView(view, { state }).then(() => {
          toast.undo(`“${view.name}” saved`, {
            onUndo: () => void changeView(view, { state: view.state }).catch(onError),
          });
        }, onError),
      share: (view: View, onShared: (id: string) => void) =>
        void share.mutateAsync({ list, name: view.name, state: view.state, from: view.id }).then(({ id }) => {
          onShared(id);
          toast.success(`“${view.name}” is there for everybody`);
        }, onError),
      remove: (view: View, onMoved: (id: string | null) => void) =>
        void (view.isShared ? removeShared : remove).mutateAsync({ id: view.id }).then(
          () => {
            onMoved(null);
            toast.undo(`“${view.name}” deleted`, {
              onUndo: () => void keepView(view).then(onMoved, onError),
            });
          },
          () => undefined,
        ),
      setDefault: (id: string | null, noun: string) =>
        setDefault.mutate(
          { list, id },
          {
            onSuccess: () =>
              toast.success(id ? `Your ${noun} open with this view` : `Your ${noun} open with everything`),
          },
        ),
    },
  };
}
