"use client";
/**
 * Saves one field of a record: shown at once, taken back when it is refused, undone by a toast. When somebody else has
 * saved meanwhile, a field that they left alone is saved over their version; one that they changed too is a conflict, which
 * the person decides.
 */
import { useState } from "react";
import { refusalOf } from "~/trpc/client";
import { toast } from "~/ui/toast";

type Version = { updatedAt: Date };

/** What a field is changed from and to. `Values` is what the procedure takes, `patch` what the page shows at once. */
export type FieldChange<Record_ extends Version, Values> = {
  label: string;
  values: Values;
  patch: Partial<Record_>;
  /** The same for the value that was there. */
  back: { values: Values; patch: Partial<Record_> };
  /** The field of a version, as one compares and as one reads it. */
  shown: (record: Record_) => string | null;
};

export type Conflict = {
  label: string;
  theirs: string | null;
  mine: string | null;
  keepTheirs: () => void;
  useMine: () => void;
};

/** The record in the cache, and the calls that change it. */
export type RecordPort<Record_ extends Version, Values> = {
  read: () => Record_ | undefined;
  write: (record: Record_) => void;
  /** The version on the server. */
  fetch: () => Promise<Record_>;
  update: (values: Values & Version) => Promise<Version>;
  /** After a change: what else shows this record. */
  settled: () => void;
};

export function useFieldSave<Record_ extends Version, Values>(port: RecordPort<Record_, Values>) {
  const [conflict, setConflict] = useState<Conflict | null>(null);

  /** @returns why it was refused, as words beside the field; null when it was saved or is to be decided. */
  async function save(change: FieldChange<Record_, Values>, isUndo = false): Promise<string | null> {
    const before = port.read();
    if (!before) return null;
    const mine = { ...before, ...change.patch };
    port.write(mine);
    try {
      const { updatedAt } = await port.update({ ...change.values, updatedAt: before.updatedAt });
      port.write({ ...(port.read() ?? mine), updatedAt });
      port.settled();
      if (isUndo) toast.success(`${change.label} is as it was.`);
      else toast.undo(`${change.label} changed.`, { onUndo: () => void undo(change) });
      return null;
    } catch (error) {
      port.write(before);
      const refusal = refusalOf(error);
      if (refusal.code !== "crm.changed_meanwhile") {
        return Object.values(refusal.fields).flat()[0] ?? refusal.message;
      }
      return decide(change, before, isUndo);
    }
  }

  async function decide(change: FieldChange<Record_, Values>, before: Record_, isUndo: boolean) {
    let theirs: Record_;
    try {
      theirs = await port.fetch();
    } catch (error) {
      return refusalOf(error).message;
    }
    port.write(theirs);
    const isUntouched = change.shown(theirs) === change.shown(before);
    if (isUntouched) return save(change, isUndo);
    setConflict({
      label: change.label,
      theirs: change.shown(theirs),
      mine: change.shown({ ...theirs, ...change.patch }),
      keepTheirs: () => {
        setConflict(null);
        port.settled();
      },
      useMine: () => {
        setConflict(null);
        void save(change, isUndo).then((refused) => refused && toast.error(refused));
      },
    });
    return null;
  }

  async function undo(change: FieldChange<Record_, Values>): Promise<void> {
    const refused = await save(
      {
        ...change,
        ...change.back,
        back: { values: change.values, patch: change.patch },
      },
      true,
    );
    if (refused) toast.error(refused);
  }

  return { save: (change: FieldChange<Record_, Values>) => save(change), conflict };
}
