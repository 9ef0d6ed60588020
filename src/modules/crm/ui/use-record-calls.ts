"use client";
/** The calls that companies and contacts have alike, and what to read anew after one. */
import { api } from "~/trpc/client";
import type { RecordRef } from "../schema";

export function useRecordCalls(kind: RecordRef["kind"]) {
  const cache = api.useUtils().crm;
  const { companies, contacts } = api.crm;
  const isCompany = kind === "company";
  const ofCompanies = {
    tag: companies.bulkTag.useMutation(),
    untag: companies.bulkUntag.useMutation(),
    undo: companies.bulkUndo.useMutation(),
    merge: companies.merge.useMutation(),
    undoMerge: companies.undoMerge.useMutation(),
    dismiss: companies.dismissDuplicates.useMutation(),
    recall: companies.recallDuplicates.useMutation(),
  };
  const ofContacts = {
    tag: contacts.bulkTag.useMutation(),
    untag: contacts.bulkUntag.useMutation(),
    undo: contacts.bulkUndo.useMutation(),
    merge: contacts.merge.useMutation(),
    undoMerge: contacts.undoMerge.useMutation(),
    dismiss: contacts.dismissDuplicates.useMutation(),
    recall: contacts.recallDuplicates.useMutation(),
  };
  const calls = isCompany ? ofCompanies : ofContacts;
  return {
    tag: calls.tag.mutateAsync,
    untag: calls.untag.mutateAsync,
    undo: calls.undo.mutateAsync,
    merge: calls.merge.mutateAsync,
    undoMerge: calls.undoMerge.mutateAsync,
    dismiss: calls.dismiss.mutateAsync,
    recall: calls.recall.mutateAsync,
    isMerging: calls.merge.isPending,
    /** Whatever shows records: a change of one shows in lists, counts, timelines and what is linked to it. */
    refresh: () => {
      void cache.companies.invalidate();
      void cache.contacts.invalidate();
      void cache.timeline.invalidate();
      void cache.tags.uses.invalidate();
    },
  };
}
