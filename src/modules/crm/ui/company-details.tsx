"use client";
/** The fields of a company, each changed where it stands. */
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { CopyId } from "~/ui/copy-id";
import { DescriptionList } from "~/ui/description-list";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { countryName } from "../rules";
import { CreateCompanyInput, type Company, type UpdateCompanyInput } from "../schema";
import { ConflictDialog } from "./conflict-dialog";
import { EditableValue } from "./editable-value";
import { fieldLabel } from "./field-words";
import { ownerName } from "./owner-name";
import { OwnerValue } from "./owner-value";
import { useFieldSave } from "./use-field-save";
import { useRecordCalls } from "./use-record-calls";

const NONE = <span className="text-ink-faint">Not given</span>;
const FIELDS = CreateCompanyInput.shape;
type TextField =
  "name" | "domain" | "industry" | "employeeCount" | "phone" | "city" | "countryCode" | "notes";
/** As a form sends it: text, from which the server reads the value. */
type Values = { id: string } & Partial<Record<TextField | "ownerId", string | null>>;

function useCompanySave({ id }: Company) {
  const { get } = api.useUtils().crm.companies;
  const update = api.crm.companies.update.useMutation();
  const { refresh } = useRecordCalls("company");
  return useFieldSave<Company, Values>({
    read: () => get.getData({ id }),
    write: (company) => get.setData({ id }, company),
    fetch: () => get.fetch({ id }, { staleTime: 0 }),
    update: (values) => update.mutateAsync(values as UpdateCompanyInput),
    settled: refresh,
  });
}

export function CompanyDetails({ company, withName = false }: { company: Company; withName?: boolean }) {
  const { slug, timeZone } = useTenancy().currentOrganization;
  const mayEdit = useMay("crm.write");
  const { save, conflict } = useCompanySave(company);
  const { id } = company;

  const text = (field: TextField, shown: React.ReactNode, how: { isLong?: boolean; type?: "tel" } = {}) => {
    const was = company[field];
    return {
      key: field,
      term: fieldLabel(field),
      value: (
        <EditableValue
          label={fieldLabel(field)}
          text={was === null ? "" : field === "countryCode" ? countryName(String(was), "en") : String(was)}
          rule={FIELDS[field]}
          mayEdit={mayEdit}
          {...how}
          onSave={(given) =>
            save({
              label: fieldLabel(field),
              values: { id, [field]: given },
              patch: { [field]: FIELDS[field].parse(given) ?? null },
              back: { values: { id, [field]: was === null ? null : String(was) }, patch: { [field]: was } },
              shown: (record) => (record[field] === null ? null : String(record[field])),
            })
          }
        >
          {was === null ? NONE : shown}
        </EditableValue>
      ),
    };
  };

  return (
    <>
      <DescriptionList
        layout="stacked"
        items={[
          ...(withName ? [text("name", company.name)] : []),
          text(
            "domain",
            <Link
              href={`https://${company.domain}`}
              target="_blank"
              rel="noreferrer"
              externalText="opens in a new tab"
            >
              {company.domain}
            </Link>,
          ),
          text("industry", company.industry),
          text("phone", company.phone, { type: "tel" }),
          text(
            "employeeCount",
            company.employeeCount !== null && <FormattedNumber value={company.employeeCount} />,
          ),
          text("city", company.city),
          text("countryCode", company.countryCode && countryName(company.countryCode, "en")),
          {
            key: "ownerId",
            term: "Owner",
            value: (
              <OwnerValue
                owner={company.owner}
                mayEdit={mayEdit}
                onChange={(owner) =>
                  save({
                    label: "Owner",
                    values: { id, ownerId: owner?.id ?? null },
                    patch: { owner },
                    back: {
                      values: { id, ownerId: company.owner?.id ?? null },
                      patch: { owner: company.owner },
                    },
                    shown: (record) => ownerName(record.owner),
                  })
                }
              />
            ),
          },
          text("notes", <span className="whitespace-pre-wrap">{company.notes}</span>, { isLong: true }),
          {
            key: "created",
            term: "Added",
            value: <RelativeTime at={company.createdAt} timeZone={timeZone} />,
          },
          ...(company.importId
            ? [
                {
                  key: "import",
                  term: "Came by",
                  value: <Link href={`/o/${slug}/imports/${company.importId}`}>an import</Link>,
                },
              ]
            : []),
          { key: "id", term: "Id", value: <CopyId value={company.id} label="Copy company id" /> },
        ]}
      />
      <ConflictDialog conflict={conflict} />
    </>
  );
}
