"use client";
import { Button } from "~/ui/button";
import { DescriptionList } from "~/ui/description-list";
import { Dialog, DialogContent } from "~/ui/dialog";
import type { Conflict } from "./use-field-save";

const EMPTY = <span className="text-ink-faint">Nothing</span>;

/** Two people changed one field: both values, and the choice. */
export function ConflictDialog({ conflict }: { conflict: Conflict | null }) {
  if (!conflict) return null;
  const { label, theirs, mine, keepTheirs, useMine } = conflict;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && keepTheirs()}>
      <DialogContent
        title={`${label} was changed by somebody else`}
        description="It was saved while you were writing. Choose which one stays; nothing else of the record is touched."
        footer={
          <>
            <Button onClick={keepTheirs}>Keep theirs</Button>
            <Button variant="primary" onClick={useMine}>
              Use mine
            </Button>
          </>
        }
      >
        <DescriptionList
          items={[
            { key: "theirs", term: "Theirs", value: theirs ?? EMPTY },
            { key: "mine", term: "Yours", value: mine ?? EMPTY },
          ]}
        />
      </DialogContent>
    </Dialog>
  );
}
