/** What the fields of both records are called on pages. */
const LABELS: Record<string, string> = {
  name: "Name",
  domain: "Domain",
  industry: "Industry",
  employeeCount: "Employees",
  phone: "Phone",
  city: "City",
  countryCode: "Country",
  notes: "Description",
  ownerId: "Owner",
  firstName: "First name",
  lastName: "Last name",
  email: "Mail address",
  jobTitle: "Job title",
  companyId: "Company",
};

export const fieldLabel = (field: string): string => LABELS[field] ?? field;
