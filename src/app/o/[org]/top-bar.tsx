"use client";
/** The end of the top bar, with what it opens: search, notifications, keys. */
import { Keyboard, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { NotificationBell } from "~/modules/notifications/ui";
import { ReadOnlyBadge } from "~/modules/tenancy/ui";
import { Button } from "~/ui/button";
import { IconButton } from "~/ui/icon-button";
import { ShortcutKeys, useShortcut } from "~/ui/shortcuts";
import type { Place } from "./palette";
import { useRecordVisits } from "./recent-records";

// Opened seldom at first: the page does not wait for them.
const Palette = dynamic(() => import("./palette").then((room) => room.Palette), { ssr: false });
const ShortcutSheet = dynamic(() => import("~/ui/shortcut-sheet").then((room) => room.ShortcutSheet), {
  ssr: false,
});

export function TopBar({ places }: { places: readonly Place[] }) {
  const [opened, setOpened] = useState<"palette" | "shortcuts" | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  if (opened !== null && !wasOpened) setWasOpened(true);
  useRecordVisits();
  const isOpen = (what: "palette" | "shortcuts") => opened === what;
  const set = (what: "palette" | "shortcuts") => (open: boolean) => setOpened(open ? what : null);
  useShortcut("mod+K", () => setOpened(isOpen("palette") ? null : "palette"), {
    label: "Search and commands",
    group: "Everywhere",
    overDialogs: true,
  });
  useShortcut("?", () => setOpened("shortcuts"), { label: "Keyboard shortcuts", group: "Everywhere" });
  return (
    <>
      <ReadOnlyBadge />
      <Button
        variant="secondary"
        icon={<Search aria-hidden />}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpened("palette")}
        className="text-ink-soft max-md:hidden"
      >
        <span className="flex items-center gap-6">
          Search <ShortcutKeys keys="mod+K" />
        </span>
      </Button>
      <IconButton
        label="Search"
        icon={<Search />}
        tooltip={false}
        onClick={() => setOpened("palette")}
        className="md:hidden"
      />
      <NotificationBell />
      <IconButton
        label="Keyboard shortcuts"
        icon={<Keyboard />}
        onClick={() => setOpened("shortcuts")}
        className="max-sm:hidden pointer-coarse:hidden"
      />
      {places.map((place) => place.keys && <GoShortcut key={place.href} place={place} keys={place.keys} />)}
      {wasOpened && (
        <>
          <Palette
            open={isOpen("palette")}
            onOpenChange={set("palette")}
            places={places}
            onShortcuts={() => setOpened("shortcuts")}
          />
          <ShortcutSheet open={isOpen("shortcuts")} onOpenChange={set("shortcuts")} />
        </>
      )}
    </>
  );
}

function GoShortcut({ place, keys }: { place: Place; keys: string }) {
  const router = useRouter();
  useShortcut(keys, () => router.push(place.href), { label: place.label, group: "Go to" });
  return null;
}
