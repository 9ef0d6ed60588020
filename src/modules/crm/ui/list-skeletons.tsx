import { DataList } from "~/ui/data-list";
import { Skeleton } from "~/ui/skeleton";

const nothing = () => null;
const Header = () => <Skeleton className="mb-6 h-12 w-64" />;
const Filters = () => <Skeleton className="mb-3 h-control w-64" />;

/** While companies come: columns as the list will have them. */
export const CompaniesSkeleton = () => (
  <>
    <Header />
    <Filters />
    <DataList
      label="Companies"
      loadingText="Loading companies"
      columns={[
        { key: "name", label: "Name", cell: nothing },
        { key: "domain", label: "Domain", width: "24%", cell: nothing },
        { key: "place", label: "Place", width: "20%", from: "wide", cell: nothing },
        { key: "employees", label: "Employees", width: "7rem", align: "end", from: "wider", cell: nothing },
        { key: "owner", label: "Owner", width: "9rem", from: "wide", cell: nothing },
        { key: "created", label: "Added", width: "9rem", from: "wider", cell: nothing },
      ]}
      rows={[]}
      rowKey={String}
      loadingRows={10}
    />
  </>
);

/** While contacts come. */
export const ContactsSkeleton = () => (
  <>
    <Header />
    <Filters />
    <DataList
      label="Contacts"
      loadingText="Loading contacts"
      columns={[
        { key: "name", label: "Name", cell: nothing },
        { key: "email", label: "Mail address", width: "26%", cell: nothing },
        { key: "company", label: "Company", width: "20%", cell: nothing },
        { key: "title", label: "Job title", width: "16%", from: "wider", cell: nothing },
        { key: "owner", label: "Owner", width: "9rem", from: "wide", cell: nothing },
        { key: "created", label: "Added", width: "9rem", from: "wider", cell: nothing },
      ]}
      rows={[]}
      rowKey={String}
      loadingRows={10}
    />
  </>
);

/** While imports come. */
export const ImportsSkeleton = () => (
  <>
    <Header />
    <DataList
      label="Imports"
      loadingText="Loading imports"
      columns={[
        { key: "file", label: "File", cell: nothing },
        { key: "status", label: "State", width: "10rem", cell: nothing },
        { key: "rows", label: "Rows", width: "7rem", align: "end", from: "wide", cell: nothing },
        { key: "refused", label: "Refused", width: "7rem", align: "end", from: "wide", cell: nothing },
        { key: "by", label: "By", width: "10rem", from: "wider", cell: nothing },
        { key: "created", label: "Begun", width: "9rem", from: "wider", cell: nothing },
      ]}
      rows={[]}
      rowKey={String}
      loadingRows={6}
    />
  </>
);
