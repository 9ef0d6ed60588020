/** Made-up customers to look around with. Every domain ends in .example, which belongs to nobody. */
export type SampleCompany = {
  name: string;
  domain: string;
  industry: string;
  employeeCount: number;
  phone: string;
  city: string;
  countryCode: string;
  notes: string | null;
  contacts: { firstName: string; lastName: string; jobTitle: string }[];
};

const person = (firstName: string, lastName: string, jobTitle: string) => ({ firstName, lastName, jobTitle });

export const SAMPLE_COMPANIES: SampleCompany[] = [
  {
    name: "Northwind Foods",
    domain: "northwind-foods.example",
    industry: "Food and drink",
    employeeCount: 240,
    phone: "+49 30 5550142",
    city: "Berlin",
    countryCode: "DE",
    notes: "Orders for all seven kitchens at once. Likes delivery before nine.",
    contacts: [
      person("Greta", "Lindqvist", "Head of purchasing"),
      person("Emil", "Brandt", "Kitchen manager"),
    ],
  },
  {
    name: "Gulf Horizon Trading",
    domain: "gulf-horizon.example",
    industry: "Retail",
    employeeCount: 85,
    phone: "+965 2255 0171",
    city: "Kuwait City",
    countryCode: "KW",
    notes: "Renewal in March. Prefers to be called.",
    contacts: [person("Mariam", "Al-Sabah", "Managing director"), person("Yousef", "Haddad", "Buyer")],
  },
  {
    name: "Atelier Duval",
    domain: "atelier-duval.example",
    industry: "Design",
    employeeCount: 14,
    phone: "+33 4 55 50 11 80",
    city: "Lyon",
    countryCode: "FR",
    notes: null,
    contacts: [person("Camille", "Duval", "Owner")],
  },
  {
    name: "Harbour Freight Lines",
    domain: "harbour-freight-lines.example",
    industry: "Logistics",
    employeeCount: 1200,
    phone: "+31 10 555 0193",
    city: "Rotterdam",
    countryCode: "NL",
    notes: "Two depots to be added next year.",
    contacts: [
      person("Sanne", "de Wit", "Operations director"),
      person("Ruben", "Bakker", "Fleet planner"),
      person("Lotte", "Visser", "Accounts payable"),
    ],
  },
  {
    name: "Tidewater Clinic",
    domain: "tidewater-clinic.example",
    industry: "Health care",
    employeeCount: 60,
    phone: "+44 117 555 0126",
    city: "Bristol",
    countryCode: "GB",
    notes: null,
    contacts: [person("Priya", "Nair", "Practice manager"), person("Owen", "Hughes", "Doctor")],
  },
  {
    name: "Kestrel Instruments",
    domain: "kestrel-instruments.example",
    industry: "Manufacturing",
    employeeCount: 310,
    phone: "+1 512 555 0118",
    city: "Austin",
    countryCode: "US",
    notes: "Asks for drawings with every quote.",
    contacts: [person("Dana", "Whitfield", "Chief engineer"), person("Marcus", "Reed", "Procurement")],
  },
  {
    name: "Sol do Porto",
    domain: "sol-do-porto.example",
    industry: "Energy",
    employeeCount: 45,
    phone: "+351 22 555 0134",
    city: "Porto",
    countryCode: "PT",
    notes: null,
    contacts: [person("Inês", "Carvalho", "Project lead")],
  },
  {
    name: "Hollow Oak Timber",
    domain: "hollow-oak.example",
    industry: "Construction",
    employeeCount: 130,
    phone: "+45 86 55 01 55",
    city: "Aarhus",
    countryCode: "DK",
    notes: "Walnut only from the certified lot.",
    contacts: [person("Freja", "Mortensen", "Sales"), person("Anders", "Holm", "Yard manager")],
  },
  {
    name: "Sakura Systems",
    domain: "sakura-systems.example",
    industry: "Software",
    employeeCount: 520,
    phone: "+81 6 5550 0162",
    city: "Osaka",
    countryCode: "JP",
    notes: "Pilot with forty seats until June.",
    contacts: [person("Hana", "Mori", "Product manager"), person("Kenji", "Tanaka", "IT lead")],
  },
  {
    name: "Bologna Roasters",
    domain: "bologna-roasters.example",
    industry: "Food and drink",
    employeeCount: 28,
    phone: "+39 051 555 0177",
    city: "Bologna",
    countryCode: "IT",
    notes: null,
    contacts: [person("Chiara", "Conti", "Founder")],
  },
  {
    name: "Maple Ridge Outfitters",
    domain: "maple-ridge.example",
    industry: "Retail",
    employeeCount: 95,
    phone: "+1 416 555 0149",
    city: "Toronto",
    countryCode: "CA",
    notes: "Season starts in September; offers by July.",
    contacts: [person("Noah", "Tremblay", "Store director"), person("Ava", "Singh", "Merchandiser")],
  },
  {
    name: "Vistula Print",
    domain: "vistula-print.example",
    industry: "Design",
    employeeCount: 37,
    phone: "+48 12 555 01 08",
    city: "Kraków",
    countryCode: "PL",
    notes: null,
    contacts: [person("Zofia", "Nowak", "Owner"), person("Jan", "Kowalczyk", "Prepress")],
  },
];

/** "Inês" at "sol-do-porto.example": letters of an address have no accents. */
export const sampleAddress = (firstName: string, domain: string): string =>
  `${firstName
    .normalize("NFKD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase()}@${domain}`;
