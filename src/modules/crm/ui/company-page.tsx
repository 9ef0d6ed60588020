"use client";
import { Pencil, Trash2 } from "lucide-react";
import NextLink from "next/link";
import { useRouter } from "next/navigation";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DataList } from "~/ui/data-list";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import { contactName } from "../rules";
import type { Company } from "../schema";
import { ownerName } from "./owner-name";
import { placeOf } from "./place-of";

const SHOWN = 25;
const none = <span className="text-ink-faint">Not given</span>;

export function CompanyPage({ company: given }: { company: Company }) {
  const { currentOrganization } = useTenancy();
  const { slug, timeZone } = currentOrganization;
  const { data: company } = api.crm.companies.get.useQuery({ id: given.id }, { initialData: given });
  const mayWrite = useMay("crm.write");
  const path = `/o/${slug}/companies`;
  const remove = useDelete(company);
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
                onClick={() => remove.mutate({ id: company.id })}
              >
                Delete company
              </Button>
              <Button variant="primary" icon={<Pencil aria-hidden />} asChild>
                <NextLink href={`${path}/${company.id}/edit`}>Edit company</NextLink>
              </Button>
            </>
          )
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Card>
          <CardHeader title="About" />
          <CardBody className="py-1.5">
            <DescriptionList
              layout="stacked"
              items={[
                {
                  term: "Domain",
                  value: company.domain ? (
                    <Link
                      href={`https://${company.domain}`}
                      target="_blank"
                      rel="noreferrer"
                      externalText="opens in a new tab"
                    >
                      {company.domain}
                    </Link>
                  ) : (
                    none
                  ),
                },
                { term: "Phone", value: company.phone ?? none },
                {
                  term: "Employees",
                  value:
                    company.employeeCount === null ? none : <FormattedNumber value={company.employeeCount} />,
                },
                { term: "Owner", value: ownerName(company.owner) },
                {
                  term: "Notes",
                  value: company.notes ? <span className="whitespace-pre-wrap">{company.notes}</span> : none,
                },
                { term: "Added", value: <RelativeTime at={company.createdAt} timeZone={timeZone} /> },
                ...(company.importId
                  ? [
                      {
                        term: "Came by",
                        value: <Link href={`/o/${slug}/imports/${company.importId}`}>an import</Link>,
                      },
                    ]
                  : []),
                { term: "Id", value: <CopyId value={company.id} label="Copy company id" /> },
              ]}
            />
          </CardBody>
        </Card>
        <CompanyContacts company={company} />
      </div>
    </>
  );
}

function CompanyContacts({ company }: { company: Company }) {
  const { slug } = useTenancy().currentOrganization;
  const mayWrite = useMay("crm.write");
  const { data } = api.crm.contacts.list.useQuery({ companyId: company.id, sort: "name", limit: SHOWN });
  const contacts = `/o/${slug}/contacts`;
  return (
    <Card>
      <CardHeader
        title="Contacts"
        description={
          company.contactCount > SHOWN
            ? `The first ${SHOWN} of ${company.contactCount.toLocaleString("en")}.`
            : undefined
        }
        actions={
          mayWrite && (
            <Button size="small" asChild>
              <NextLink href={`${contacts}/new?company=${company.id}`}>Add contact</NextLink>
            </Button>
          )
        }
      />
      {data?.items.length === 0 ? (
        <CardBody>
          <p className="text-ink-soft">Nobody here yet.</p>
        </CardBody>
      ) : (
        <DataList
          frame="plain"
          label={`Contacts of ${company.name}`}
          loadingRows={data ? 0 : 3}
          loadingText="Loading contacts"
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `${contacts}/${id}`}
          columns={[
            { key: "name", label: "Name", cell: contactName },
            { key: "title", label: "Job title", width: "30%", cell: ({ jobTitle }) => jobTitle },
            { key: "email", label: "Mail address", width: "38%", cell: ({ email }) => email },
          ]}
        />
      )}
    </Card>
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
