"use client";

import { Command } from "cmdk";
import { ChevronLeft, CircleAlert, Search } from "lucide-react";
import { Content, Overlay, Portal, Root, Title } from "radix-ui/dialog";
import type { ReactNode } from "react";

import { Button } from "./button";
import { IconButton } from "./icon-button";
import { ShortcutKeys } from "./shortcuts";
import { Skeleton } from "./skeleton";

export interface PaletteItem {
  /** Unique in the palette. */
  key: string;
  title: string;
  /** What tells it from others of the same name. */
  detail?: ReactNode;
  icon?: ReactNode;
  /** Drawn at the end: "G C". */
  shortcut?: string;
  onSelect: () => void;
}

export interface PaletteGroup {
  key: string;
  heading: string;
  items: readonly PaletteItem[];
}

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Names the dialog: "Search and commands". */
  label: string;
  placeholder: string;
  text: string;
  onText: (text: string) => void;
  /** Already chosen by what was typed; groups without items are left out. */
  groups: readonly PaletteGroup[];
  /** What is still being looked for, or could not be. */
  state?: "idle" | "loading" | "failed";
  onRetry?: () => void;
  /** A page below: its name, and the way back (also Backspace in an empty field, and Escape). */
  page?: { title: string; onBack: () => void } | null;
  words?: {
    empty: string;
    emptyHint: string;
    failed: string;
    retry: string;
    back: string;
    loading: string;
    move: string;
    choose: string;
  };
}

/** One field for everything: found by typing, moved through by arrows, chosen by Enter. Never filters by itself. */
export function CommandPalette({
  open,
  onOpenChange,
  label,
  placeholder,
  text,
  onText,
  groups,
  state = "idle",
  onRetry,
  page,
  words = {
    empty: "Nothing is called so",
    emptyHint: "Try fewer letters, or another word.",
    failed: "The search did not answer.",
    retry: "Try again",
    back: "Back",
    loading: "Searching",
    move: "to move",
    choose: "to open",
  },
}: CommandPaletteProps) {
  const shown = groups.filter(({ items }) => items.length > 0);
  return (
    <Root open={open} onOpenChange={onOpenChange}>
      <Portal>
        <Overlay className="fixed inset-0 z-50 bg-scrim data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <Content
          aria-describedby={undefined}
          onEscapeKeyDown={(event) => {
            if (!page) return;
            event.preventDefault();
            page.onBack();
          }}
          className="fixed inset-x-0 top-0 z-50 mx-auto flex h-dvh w-full flex-col overflow-hidden bg-raised shadow-float outline-none data-[state=closed]:animate-pop-out data-[state=open]:animate-pop-in sm:top-[12dvh] sm:h-auto sm:max-h-[min(70dvh,32rem)] sm:max-w-xl sm:rounded-lg sm:border sm:border-line"
        >
          <Title className="sr-only">{label}</Title>
          <Command
            label={label}
            shouldFilter={false}
            loop
            onKeyDown={(event) => {
              if (event.key === "Backspace" && text === "" && page) page.onBack();
            }}
            className="flex min-h-0 grow flex-col"
          >
            <div className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-3">
              {page ? (
                <IconButton
                  label={words.back}
                  tooltip={false}
                  icon={<ChevronLeft className="rtl:-scale-x-100" />}
                  onClick={page.onBack}
                />
              ) : (
                <Search aria-hidden className="mx-2 size-4 shrink-0 text-ink-faint" />
              )}
              {page && (
                <span className="shrink-0 rounded-md bg-ink/6 px-1.5 py-0.5 text-sm text-ink-soft">
                  {page.title}
                </span>
              )}
              <Command.Input
                autoFocus
                value={text}
                onValueChange={onText}
                placeholder={placeholder}
                className="h-full min-w-0 grow bg-transparent text-lg text-ink outline-none placeholder:text-ink-faint focus-visible:outline-none"
              />
              <Button size="small" variant="ghost" className="sm:hidden" onClick={() => onOpenChange(false)}>
                Close
              </Button>
            </div>
            <Command.List
              label={label}
              className="min-h-0 grow overflow-y-auto overscroll-contain p-1.5 [&_[cmdk-list-sizer]]:flex [&_[cmdk-list-sizer]]:flex-col [&_[cmdk-list-sizer]]:gap-1"
            >
              {shown.map(({ key, heading, items }) => (
                <Command.Group
                  key={key}
                  heading={heading}
                  className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-faint"
                >
                  {items.map((item) => (
                    <Command.Item
                      key={item.key}
                      value={item.key}
                      onSelect={item.onSelect}
                      className="flex h-row cursor-default items-center gap-2.5 rounded-md px-2 text-base text-ink select-none data-[selected=true]:bg-ink/7 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-faint data-[selected=true]:[&>svg]:text-accent"
                    >
                      {item.icon}
                      <span className="min-w-0 truncate">{item.title}</span>
                      {item.detail && (
                        <span className="min-w-0 grow truncate text-sm text-ink-soft">{item.detail}</span>
                      )}
                      {item.shortcut && (
                        <ShortcutKeys keys={item.shortcut} className="ms-auto text-ink-faint" />
                      )}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
              {state === "loading" && (
                <Command.Loading label={words.loading}>
                  <div className="flex flex-col gap-3 px-2 py-3">
                    <Skeleton className="w-2/5" />
                    <Skeleton className="w-3/5" />
                  </div>
                </Command.Loading>
              )}
            </Command.List>
            {state === "failed" && (
              <p
                role="alert"
                className="flex shrink-0 items-center gap-2 border-t border-line px-4 py-2 text-sm text-ink"
              >
                <CircleAlert aria-hidden className="size-4 shrink-0 text-negative" />
                <span className="grow">{words.failed}</span>
                {onRetry && (
                  <Button size="small" onClick={onRetry}>
                    {words.retry}
                  </Button>
                )}
              </p>
            )}
            {shown.length === 0 && state === "idle" && (
              <div role="status" className="shrink-0 px-6 pt-2 pb-10 text-center">
                <p className="font-medium text-ink">{words.empty}</p>
                <p className="text-sm text-ink-soft">{words.emptyHint}</p>
              </div>
            )}
            <p
              aria-hidden
              className="hidden shrink-0 items-center gap-4 border-t border-line px-4 py-2 text-xs text-ink-faint sm:flex pointer-coarse:hidden"
            >
              <span className="flex items-center gap-1.5">
                <ShortcutKeys keys="ArrowUp ArrowDown" /> {words.move}
              </span>
              <span className="flex items-center gap-1.5">
                <ShortcutKeys keys="Enter" /> {words.choose}
              </span>
            </p>
          </Command>
        </Content>
      </Portal>
    </Root>
  );
}
