"use client";
/**
 * Adds a record from its list: it stands there at once, gives way when it is refused, and can be taken back by a toast.
 * What was typed is given back with the refusal.
 */
import { createElement, useEffect, useRef } from "react";
import { refusalOf } from "~/trpc/client";
import { Link } from "~/ui/link";
import { toast } from "~/ui/toast";
import type { RecordKind } from "../rules";
import { pendingId } from "./pending-record";
import { useRecordCalls } from "./use-record-calls";

type Page<Item> = { items: Item[]; nextCursor: string | null };

/** The list on screen as it is kept, and the calls behind it. */
export type AddPort<Values, Item> = {
  kind: RecordKind;
  /** Of the list that the records are shown in: `/o/acme/companies`. */
  path: string;
  /** Whether a new record belongs on the page that is shown. */
  isShown: boolean;
  /** Stops answers under way, which do not know the record yet. */
  hold: () => Promise<void>;
  changePage: (change: (page: Page<Item>) => Page<Item>) => void;
  changeCount: (by: 1 | -1) => void;
  create: (values: Values) => Promise<{ id: string }>;
  remove: (id: string) => Promise<unknown>;
};

export function useAddRecord<Values, Item extends { id: string }>(port: AddPort<Values, Item>) {
  const { refresh } = useRecordCalls(port.kind);
  const isThere = useRef(false);
  useEffect(() => {
    isThere.current = true;
    return () => {
      isThere.current = false;
    };
  }, []);

  const leaveOut = (id: string) => {
    if (!port.isShown) return;
    port.changePage((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) }));
    port.changeCount(-1);
  };

  async function takeBack(id: string, name: string): Promise<void> {
    leaveOut(id);
    try {
      await port.remove(id);
      toast.success(`${name} is not added.`);
    } catch (error) {
      toast.error(`${name} is still there`, { description: refusalOf(error).message });
    } finally {
      refresh();
    }
  }

  return async function add(
    name: string,
    values: Values,
    itemOf: (id: string) => Item,
    onRefused: (error: unknown) => void,
  ): Promise<void> {
    const early = pendingId();
    if (port.isShown) {
      await port.hold();
      port.changePage((page) => ({ ...page, items: [itemOf(early), ...page.items] }));
      port.changeCount(1);
    }
    try {
      const { id } = await port.create(values);
      port.changePage((page) => ({
        ...page,
        items: page.items.map((item) => (item.id === early ? { ...item, id } : item)),
      }));
      refresh();
      toast.undo(`${name} added.`, {
        description: createElement(Link, { href: `${port.path}/${id}` }, `Open ${name}`),
        onUndo: () => void takeBack(id, name),
      });
    } catch (error) {
      leaveOut(early);
      if (isThere.current) onRefused(error);
      else toast.error(`${name} was not added`, { description: refusalOf(error).message });
    }
  };
}
