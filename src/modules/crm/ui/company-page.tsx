"use client";
import { Pencil, Trash2 } from "lucide-react";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { PageHeader } from "~/ui/page-header";
import { toast } from "~/ui/toast";
import type { Company } from "../schema";
import { CompanyContacts } from "./company-contacts";
import { CompanyDetails } from "./company-details";
import { placeOf } from "./place-of";
import { RecordTags } from "./record-tags";
import { RecordTimeline } from "./record-timeline";

export function CompanyPage({ company: given }: { company: Company }) {
  const { slug } = useTenancy().currentOrganization;
  const { data: company } = api.crm.companies.get.useQuery({ id: given.id }, { initialData: given });
  const mayWrite = useMay("crm.write");
  const remove = useDelete(company);
  const { id } = company;
  return (
    <>
      <PageHeader
        title={company.name}
        description={[company.industry, placeOf(company)].filter(Boolean).join(" · ")}
        actions={
          mayWrite && (
            <>
              <Button
                variant="ghost"
                icon={<Trash2 aria-hidden />}
                loading={remove.isPending}
                onClick={() => remove.mutate({ id })}
              >
                Delete company
              </Button>
              <Button icon={<Pencil aria-hidden />} asChild>
                <NextLink href={`/o/${slug}/companies/${id}/edit`}>Edit company</NextLink>
              </Button>
            </>
          )
        }
      >
        <RecordTags of={{ kind: "company", id }} tags={company.tags} />
      </PageHeader>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="py-1.5">
            <CompanyDetails company={company} withName />
          </CardBody>
        </Card>
        <div className="flex min-w-0 flex-col gap-6">
          <CompanyContacts company={company} />
          <RecordTimeline of={{ kind: "company", id }} />
        </div>
      </div>
    </>
  );
}

/** At the side of a list. May suspend and may throw: the panel knows both. */
export function CompanyPeek({ id }: { id: string }) {
  const [company] = api.crm.companies.get.useSuspenseQuery({ id });
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h2 className="text-lg font-semibold break-words text-ink">{company.name}</h2>
        <p className="text-base text-ink-soft">
          {[company.industry, placeOf(company)].filter(Boolean).join(" · ")}
        </p>
      </div>
      <RecordTags of={{ kind: "company", id }} tags={company.tags} />
      <CompanyDetails key={id} company={company} />
      <CompanyContacts key={`${id} contacts`} company={company} />
      <RecordTimeline key={`${id} timeline`} of={{ kind: "company", id }} />
    </div>
  );
}

/** Deletes at once and offers to undo it; the list is where one goes on. */
function useDelete({ id, name }: Company) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const cache = api.useUtils().crm;
  const restore = api.crm.companies.restore.useMutation({
    onSuccess: () => {
      void cache.invalidate();
      toast.success(`${name} is back.`);
      router.refresh();
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
  return api.crm.companies.delete.useMutation({
    onSuccess: () => {
      void cache.companies.list.invalidate();
      void cache.companies.count.invalidate();
      void cache.contacts.invalidate();
      router.push(`/o/${slug}/companies`);
      router.refresh();
      toast.undo(`${name} was deleted.`, { onUndo: () => restore.mutate({ id }) });
    },
    onError: (error) => toast.error(refusalOf(error).message),
  });
}
