"use client";

import { Dialog, DialogContent } from "./dialog";
import { ShortcutKeys, useShortcutList, useSingleKeys } from "./shortcuts";
import { Switch } from "./switch";

export interface ShortcutSheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title?: string;
  switchLabel?: string;
  switchHelp?: string;
}

/** What can be pressed here and now, from the registry itself, and the switch for keys without ⌘ or Ctrl. */
export function ShortcutSheet({
  open,
  onOpenChange,
  title = "Keyboard shortcuts",
  switchLabel = "Single keys",
  switchHelp = "Keys without Ctrl or ⌘. Switch them off if you speak to your computer, or type by accident.",
}: ShortcutSheetProps) {
  const all = useShortcutList();
  const [on, setOn] = useSingleKeys();
  const groups = [...new Set(all.map(({ group }) => group))];
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} size="large">
        <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          {groups.map((group) => (
            <section key={group}>
              <h3 className="pb-1 text-xs font-medium text-ink-faint">{group}</h3>
              <dl>
                {all
                  .filter((entry) => entry.group === group)
                  .map(({ id, keys, label }) => (
                    <div
                      key={id}
                      className="flex min-h-8 items-center justify-between gap-4 border-b border-line last:border-b-0"
                    >
                      <dt className="text-base text-ink">{label}</dt>
                      <dd className="text-ink-soft">
                        <span className="sr-only">{keys}</span>
                        <ShortcutKeys keys={keys} className="[&_kbd]:pointer-coarse:inline-flex" />
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
        <div className="mt-6 border-t border-line pt-4">
          <Switch label={switchLabel} description={switchHelp} checked={on} onCheckedChange={setOn} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
