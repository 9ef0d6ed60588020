"use client";

import { ArrowDown, ArrowUp, Maximize2, X } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Close, Content, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import {
  Component,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

import { Button } from "./button";
import { classNames } from "./class-names";
import { ErrorState } from "./error-state";
import { IconButton } from "./icon-button";
import { PageLink } from "./page-link";
import { MAKES_ROOM_FROM, neighbour, PEEK_WIDTH, peekWidth } from "./peek-place";
import { useShortcut } from "./shortcuts";
import { Skeleton } from "./skeleton";
import { useMediaQuery } from "./use-media-query";

const PANEL = "peek-panel";
const KEPT_WIDTH = "tenantry.peek-width";
const KEY_STEP = 24;

export interface Peek {
  /** The row that is shown, from `?peek=` in the address. */
  id: string | null;
  /** The back button closes what this opened; moving on to another row adds no step to go back. */
  open: (id: string) => void;
  close: () => void;
  /**
   * For the link of a row: `onClick={(event) => peek.follow(event, row.id)}`. A plain click peeks, once more (Enter)
   * goes into the panel; with ⌘, Ctrl, Shift or the middle button the link does what links do.
   */
  follow: (event: MouseEvent<HTMLElement>, id: string) => void;
}

/** The row at the side of a list. The address holds it, so that a reload or a shared link shows the same. */
export function usePeek(param = "peek"): Peek {
  const [id, setId] = useQueryState(param, parseAsString.withOptions({ shallow: true, scroll: false }));
  const open = useCallback(
    (next: string) => void setId(next, { history: id === null ? "push" : "replace" }),
    [id, setId],
  );
  const close = useCallback(() => void setId(null, { history: "replace" }), [setId]);
  const follow = (event: MouseEvent<HTMLElement>, next: string): void => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (next === id) document.getElementById(PANEL)?.focus();
    else open(next);
  };
  return { id, open, close, follow };
}

export interface PeekPanelWords {
  previous: string;
  next: string;
  openPage: string;
  close: string;
  width: string;
  failed: string;
  failedNext: string;
  again: string;
}

const WORDS: PeekPanelWords = {
  previous: "Previous row",
  next: "Next row",
  openPage: "Open page",
  close: "Close",
  width: "Width of the panel",
  failed: "This could not be shown",
  failedNext: "It may be gone. The list beside it still works.",
  again: "Try again",
};

export interface PeekPanelProps {
  peek: Peek;
  /** Names the panel for screen readers: "Company". The content brings its own heading. */
  label: string;
  /** The rows of the list in their order: what J and K move through. */
  ids: readonly string[];
  /** The page of a row, behind "Open page" and the key O. */
  href?: (id: string) => string;
  /** Beside the buttons of the panel: edit, more. */
  actions?: (id: string) => ReactNode;
  /** J on the last row, K on the first: turn the page there. */
  onEdge?: (direction: "next" | "previous") => void;
  /** May suspend and may throw; both are caught here and leave the list alone. */
  children: (id: string) => ReactNode;
  words?: Partial<PeekPanelWords>;
}

/**
 * A look at one row while the list stays alive: no scrim, no focus trap, and on wide screens the page makes room.
 * On phones it is a drawer from the bottom. Escape closes and gives the focus back to the row.
 */
export function PeekPanel({ peek, label, ids, href, actions, onEdge, children, words: own }: PeekPanelProps) {
  const words = { ...WORDS, ...own };
  const { id, open, close } = peek;
  const isOpen = id !== null;
  const isPhone = useMediaQuery("(max-width: 639px)");
  const previous = neighbour(ids, id, -1);
  const next = neighbour(ids, id, 1);
  const move = (direction: "next" | "previous"): void => {
    const to = direction === "next" ? next : previous;
    if (to === null) onEdge?.(direction);
    else open(to);
  };

  useShortcut("J", () => move("next"), {
    label: words.next,
    enabled: isOpen,
    repeats: true,
    overDialogs: isPhone,
  });
  useShortcut("K", () => move("previous"), {
    label: words.previous,
    enabled: isOpen,
    repeats: true,
    overDialogs: isPhone,
  });
  const pageLink = useRef<HTMLAnchorElement>(null);
  useShortcut("O", () => pageLink.current?.click(), {
    label: words.openPage,
    enabled: isOpen && href !== undefined,
  });

  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    if (id === null) return;
    const current = rowOf(id);
    current?.scrollIntoView({ block: "nearest" });
    row.current = current?.querySelector<HTMLElement>("a[href]") ?? null;
    // Whoever moves through the list by keyboard keeps the focus on the row that is shown.
    if (document.activeElement?.closest("[data-row]")) row.current?.focus({ preventScroll: true });
  }, [id]);

  const { width, setWidth } = usePeekWidth(isOpen && !isPhone);
  const [tries, setTries] = useState(0);
  // The words stay while the panel leaves.
  const shown = useLast(id);

  return (
    <Root open={isOpen} onOpenChange={(next) => !next && close()} modal={isPhone}>
      <Portal>
        {isPhone && (
          <Overlay className="fixed inset-0 z-50 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        )}
        <Content
          id={PANEL}
          data-peek=""
          tabIndex={-1}
          aria-describedby={undefined}
          onInteractOutside={isPhone ? undefined : (event) => event.preventDefault()}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (isPhone) document.getElementById(PANEL)?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whoever was in the panel goes on at its row; whoever was in the list stays there.
            if (document.activeElement === document.body) row.current?.focus({ preventScroll: true });
          }}
          style={isPhone ? undefined : { width }}
          className={classNames(
            "fixed z-40 flex flex-col border-line bg-raised shadow-float outline-none",
            isPhone
              ? "inset-x-0 bottom-0 z-50 h-[85dvh] rounded-t-lg data-[state=closed]:animate-slide-out-bottom data-[state=open]:animate-slide-in-bottom"
              : "inset-y-0 end-0 max-w-[calc(100vw-3rem)] border-s data-[state=closed]:animate-slide-out-end data-[state=open]:animate-slide-in-end",
          )}
        >
          {!isPhone && <Handle label={words.width} width={width} onWidth={setWidth} />}
          <header className="flex min-h-12 shrink-0 items-center gap-1 border-b border-line ps-4 pe-2">
            <Title className="sr-only">{label}</Title>
            <IconButton
              label={words.previous}
              icon={<ArrowUp />}
              aria-keyshortcuts="K"
              disabled={previous === null && !onEdge}
              onClick={() => move("previous")}
              className="-ms-1.5"
            />
            <IconButton
              label={words.next}
              icon={<ArrowDown />}
              aria-keyshortcuts="J"
              disabled={next === null && !onEdge}
              onClick={() => move("next")}
            />
            <span className="grow" />
            {shown !== null && actions?.(shown)}
            {shown !== null && href && (
              <Button asChild size="small" variant="ghost" icon={<Maximize2 aria-hidden />}>
                <PageLink ref={pageLink} href={href(shown)}>
                  {words.openPage}
                </PageLink>
              </Button>
            )}
            <Close asChild>
              <IconButton label={words.close} icon={<X />} tooltip={false} />
            </Close>
          </header>
          <div className="@container min-h-0 grow overflow-y-auto overscroll-contain p-5">
            {shown !== null && (
              <PeekBoundary
                key={`${shown} ${tries}`}
                fallback={
                  <ErrorState
                    title={words.failed}
                    next={words.failedNext}
                    actions={<Button onClick={() => setTries(tries + 1)}>{words.again}</Button>}
                    className="border-0 bg-transparent"
                  />
                }
              >
                <Suspense fallback={<PeekSkeleton />}>
                  <Shown id={shown} render={children} />
                </Suspense>
              </PeekBoundary>
            )}
          </div>
        </Content>
      </Portal>
    </Root>
  );
}

/** Lists mark their rows with `data-row`. */
const rowOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);

/** Drawn within the boundary, so that what throws is caught by it. */
const Shown = ({ id, render }: { id: string; render: (id: string) => ReactNode }) => render(id);

function useLast(id: string | null): string | null {
  const [last, setLast] = useState(id);
  if (id !== null && id !== last) setLast(id);
  return id ?? last;
}

export function PeekSkeleton() {
  return (
    <div className="flex flex-col gap-4" aria-busy>
      <Skeleton className="h-6 w-1/2" />
      <Skeleton className="h-4 w-1/3" />
      <div className="mt-4 flex flex-col gap-3">
        <Skeleton />
        <Skeleton className="w-5/6" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-3/4" />
      </div>
    </div>
  );
}

class PeekBoundary extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError = () => ({ failed: true });
  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

const widthWatchers = new Set<() => void>();
let wishedWidth: number | null = null;

function readWish(): number {
  if (wishedWidth !== null) return wishedWidth;
  try {
    wishedWidth = Number(window.localStorage.getItem(KEPT_WIDTH)) || PEEK_WIDTH.usual;
  } catch {
    wishedWidth = PEEK_WIDTH.usual;
  }
  return wishedWidth;
}

function watchWidth(changed: () => void): () => void {
  widthWatchers.add(changed);
  window.addEventListener("resize", changed);
  return () => {
    widthWatchers.delete(changed);
    window.removeEventListener("resize", changed);
  };
}

/** Remembered in this browser; while open, `--peek-width` tells the shell how much room to make. */
function usePeekWidth(isBeside: boolean): { width: number; setWidth: (width: number) => void } {
  const width = useSyncExternalStore(
    watchWidth,
    () => peekWidth(readWish(), window.innerWidth),
    () => PEEK_WIDTH.usual,
  );
  const makesRoom = useMediaQuery(`(min-width: ${MAKES_ROOM_FROM}px)`);
  useEffect(() => {
    if (!isBeside || !makesRoom) return;
    const { style } = document.documentElement;
    style.setProperty("--peek-width", `${width}px`);
    return () => void style.removeProperty("--peek-width");
  }, [isBeside, makesRoom, width]);
  const setWidth = (wish: number): void => {
    wishedWidth = peekWidth(wish, window.innerWidth);
    try {
      window.localStorage.setItem(KEPT_WIDTH, String(wishedWidth));
    } catch {
      // Kept for this page only, then.
    }
    for (const changed of widthWatchers) changed();
  };
  return { width, setWidth };
}

/** The edge towards the list: dragged, or moved by the arrow keys. */
function Handle({
  label,
  width,
  onWidth,
}: {
  label: string;
  width: number;
  onWidth: (width: number) => void;
}) {
  const isRightToLeft = () => getComputedStyle(document.documentElement).direction === "rtl";
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    onWidth(isRightToLeft() ? event.clientX : window.innerWidth - event.clientX);
  };
  const step = (event: KeyboardEvent<HTMLDivElement>): void => {
    const towardsList = isRightToLeft() ? "ArrowRight" : "ArrowLeft";
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    onWidth(width + (event.key === towardsList ? KEY_STEP : -KEY_STEP));
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={PEEK_WIDTH.least}
      aria-valuemax={PEEK_WIDTH.most}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={step}
      onDoubleClick={() => onWidth(PEEK_WIDTH.usual)}
      className="absolute inset-y-0 -start-1.5 z-10 w-3 cursor-ew-resize touch-none after:absolute after:inset-y-0 after:start-1/2 after:w-px after:bg-transparent after:transition-colors hover:after:bg-line-strong focus-visible:after:bg-accent active:after:bg-accent"
    />
  );
}
