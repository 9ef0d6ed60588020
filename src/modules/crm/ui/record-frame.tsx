"use client";
/** What the pages of companies and contacts have alike: the head with its acts, and the look at one beside a list. */
import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { PageLink } from "~/ui/page-link";
import { toast } from "~/ui/toast";
import type { RecordKind } from "../rules";
import type { RecordRef, Tag } from "../schema";
import { RecordTags } from "./record-tags";
import { RecordTimeline } from "./record-timeline";

type Props = {
  of: RecordRef;
  title: string;
  /** One line; what is missing of it is passed over. */
  description: (string | null | undefined)[];
  tags: Tag[];
  /** Its fields. */
  details: ReactNode;
  /** Above the timeline. */
  children?: ReactNode;
};

const PATHS: Record<RecordKind, string> = { company: "companies", contact: "contacts" };

export function RecordPageFrame({ of, title, description, tags, details, children }: Props) {
  const { kind, id } = of;
  const { slug } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const remove = useDelete(of, title);
  return (
    <>
      <PageHeader
        title={title}
        description={description.filter(Boolean).join(" · ")}
        actions={
          mayWrite && (
            <>
              <Button
                variant="ghost"
                icon={<Trash2 aria-hidden />}
                loading={remove.isPending}
                onClick={() => remove.mutate({ id })}
              >
                Delete {kind}
              </Button>
              <Button icon={<Pencil aria-hidden />} asChild>
                <PageLink href={`/o/${slug}/${PATHS[kind]}/${id}/edit`}>Edit {kind}</PageLink>
              </Button>
            </>
          )
        }
      >
        <RecordTags of={of} tags={tags} />
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="py-1.5">{details}</CardBody>
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          {children}
          <RecordTimeline of={of} />
        </div>
      </div>
    </>
  );
}

/** At the side of a list. Give it the record's id as `key`: what one began to change is of that record. */
export function RecordPeekFrame({ of, title, description, tags, details, children }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-semibold break-words text-ink">{title}</h2>
        <p className="text-base text-ink-soft">{description.filter(Boolean).join(" · ")}</p>
      </div>
      <RecordTags of={of} tags={tags} />
      {details}
      {children}
      <RecordTimeline of={of} />
    </div>
  );
}

/** Deletes at once and offers to undo it; the list is where one goes on. */
function useDelete({ kind, id }: RecordRef, name: string) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const cache = api.useUtils().crm;
  const refused = { onError: (error: unknown) => void toast.error(refusalOf(error).message) };
  const restored = {
    ...refused,
    onSuccess: () => {
      void cache.invalidate();
      toast.success(`${name} is back.`);
      router.refresh();
    },
  };
  const restores = {
    company: api.crm.companies.restore.useMutation(restored),
    contact: api.crm.contacts.restore.useMutation(restored),
  };
  const restore = restores[kind];
  const deleted = {
    ...refused,
    onSuccess: () => {
      const [own, linked] =
        kind === "company" ? [cache.companies, cache.contacts] : [cache.contacts, cache.companies];
      // Not the record itself: its page, which is still on screen, would ask for what is gone.
      void own.list.invalidate();
      void own.count.invalidate();
      void linked.get.invalidate();
      void linked.list.invalidate();
      router.push(`/o/${slug}/${PATHS[kind]}`);
      router.refresh();
      toast.undo(`${name} was deleted.`, { onUndo: () => restore.mutate({ id }) });
    },
  };
  const deletes = {
    company: api.crm.companies.delete.useMutation(deleted),
    contact: api.crm.contacts.delete.useMutation(deleted),
  };
  return deletes[kind];
}
