import type { DataTableColumn } from "~/ui/data-table";
import { Link } from "~/ui/link";
import { FormattedNumber } from "~/ui/number";
import { RelativeTime } from "~/ui/relative-time";
import { Tag } from "~/ui/tag";
import { contactName } from "../rules";
import type { CompanyItem, ContactItem, Tag as TagOf } from "../schema";
import { ownerName } from "./owner-name";
import { placeOf } from "./place-of";

const SHOWN_TAGS = 2;
const tagsOf = ({ tags }: { tags: TagOf[] }) =>
  tags.length > 0 && (
    <span className="flex min-w-0 items-center gap-1 overflow-hidden">
      {tags.slice(0, SHOWN_TAGS).map(({ id, name, tone }) => (
        <Tag key={id} tone={tone} className="min-w-0 shrink">
          {name}
        </Tag>
      ))}
      {tags.length > SHOWN_TAGS && (
        <span className="shrink-0 text-sm text-ink-soft">
          {`+${tags.length - SHOWN_TAGS}`}
          <span className="sr-only"> more</span>
        </span>
      )}
    </span>
  );

type Common = Pick<CompanyItem & ContactItem, "tags" | "owner" | "createdAt" | "updatedAt">;

/** Both lists end alike. */
const lastColumns = (timeZone: string): DataTableColumn<Common>[] => [
  { key: "tags", label: "Tags", width: "8.5rem", from: "wider", cell: tagsOf },
  { key: "owner", label: "Owner", width: "7.5rem", from: "wide", cell: (row) => ownerName(row.owner) },
  {
    key: "created",
    label: "Added",
    width: "7.5rem",
    from: "wider",
    sort: "descending",
    cell: ({ createdAt }) => <RelativeTime at={createdAt} timeZone={timeZone} />,
  },
  {
    key: "updated",
    label: "Changed",
    width: "7.5rem",
    hidden: true,
    cell: ({ updatedAt }) => <RelativeTime at={updatedAt} timeZone={timeZone} />,
  },
];

/** Columns of the lists, in their fixed order; the skeletons have the same. */
export const companyColumns = (timeZone: string): DataTableColumn<CompanyItem>[] => [
  { key: "name", label: "Name", sort: "ascending", cell: ({ name }) => name },
  { key: "domain", label: "Domain", width: "20%", cell: ({ domain }) => domain },
  { key: "industry", label: "Industry", width: "10rem", hidden: true, cell: ({ industry }) => industry },
  { key: "place", label: "Place", width: "16%", from: "wide", cell: placeOf },
  { key: "phone", label: "Phone", width: "10rem", hidden: true, cell: ({ phone }) => phone },
  {
    key: "employees",
    label: "Employees",
    width: "7.5rem",
    align: "end",
    from: "widest",
    sort: "descending",
    cell: ({ employeeCount }) => employeeCount !== null && <FormattedNumber value={employeeCount} />,
  },
  ...lastColumns(timeZone),
];

type Context = { slug: string; timeZone: string };

export const contactColumns = ({ slug, timeZone }: Context): DataTableColumn<ContactItem>[] => [
  { key: "name", label: "Name", sort: "ascending", cell: contactName },
  { key: "email", label: "Mail address", width: "20%", cell: ({ email }) => email },
  { key: "phone", label: "Phone", width: "10rem", hidden: true, cell: ({ phone }) => phone },
  {
    key: "company",
    label: "Company",
    width: "16%",
    cell: ({ company }) =>
      company && (
        <Link look="quiet" href={`/o/${slug}/companies/${company.id}`}>
          {company.name}
        </Link>
      ),
  },
  { key: "title", label: "Job title", width: "13%", from: "widest", cell: ({ jobTitle }) => jobTitle },
  ...lastColumns(timeZone),
];
