/** Invented customers, the same ones each time. Every domain ends in .example, which belongs to nobody. */

export interface DemoCompany {
  name: string;
  domain: string;
  industry: string;
  employeeCount: number;
  phone: string;
  city: string;
  countryCode: string;
  notes: string | null;
}

export interface DemoContact {
  firstName: string;
  lastName: string;
  email: string;
  phone: string;
  jobTitle: string;
  /** Index into the companies. */
  company: number;
}

const NAMES =
  `Kestrel,Harbour,Lindenhof,Ostrava,Meridian,Saltmarsh,Foxglove,Granite,Juniper,Windrose,Copperfield,Tidewater,
Hollow Oak,Redwing,Silverbirch,Northgate,Eastbank,Larkspur,Bluestone,Amberley,Pinecrest,Ravenna,Sandpiper,Thornbury,
Umbra,Valencia,Westerly,Yarrow,Zephyr,Alder,Brightwater,Cinder,Driftwood,Elmwood,Fernhill,Goldfinch,Heron,Ironbridge,
Jasper,Kingfisher`
    .split(",")
    .map((name) => name.trim());

const INDUSTRIES: [string, string[]][] = [
  ["Logistics", ["Freight", "Logistics", "Cargo"]],
  ["Manufacturing", ["Works", "Tooling", "Instruments"]],
  ["Software", ["Systems", "Labs", "Software"]],
  ["Food and drink", ["Foods", "Roasters", "Provisions"]],
  ["Construction", ["Builders", "Timber", "Masonry"]],
  ["Health care", ["Clinic", "Medical", "Dental"]],
  ["Retail", ["Outfitters", "Supply", "Trading"]],
  ["Energy", ["Solar", "Energy", "Grid"]],
  ["Design", ["Studio", "Design", "Print"]],
];

const PLACES: [string, string, string][] = [
  ["Hamburg", "DE", "+49 40"],
  ["Leeds", "GB", "+44 113"],
  ["Lyon", "FR", "+33 4"],
  ["Porto", "PT", "+351 22"],
  ["Ghent", "BE", "+32 9"],
  ["Kuwait City", "KW", "+965 22"],
  ["Austin", "US", "+1 512"],
  ["Toronto", "CA", "+1 416"],
  ["Aarhus", "DK", "+45 86"],
  ["Bologna", "IT", "+39 051"],
  ["Kraków", "PL", "+48 12"],
  ["Osaka", "JP", "+81 6"],
];

const FIRST_NAMES =
  `Amira,Ben,Chiara,Dario,Elif,Farid,Greta,Hiro,Ines,Jonas,Katya,Leon,Mona,Nils,Olga,Pedro,Quinn,Rosa,Samir,
Tove,Uma,Viktor,Wanda,Yusuf,Zoe,Noor,Matteo,Ada,Emil,Lina`
    .split(",")
    .map((name) => name.trim());

const LAST_NAMES =
  `Almeida,Bauer,Costa,Dubois,Eriksen,Fischer,Garcia,Haddad,Ito,Jensen,Kowalski,Lindqvist,Moreau,Nowak,
O'Brien,Petrov,Qureshi,Rossi,Sato,Tanaka,Ueda,Varga,Weber,Young,Zimmer,Okafor,Mensah,Lopez,Novák,Silva`
    .split(",")
    .map((name) => name.trim());

const JOB_TITLES = [
  "Head of operations",
  "Managing director",
  "Buyer",
  "Finance manager",
  "Office manager",
  "Marketing lead",
  "IT manager",
  "Project manager",
  "Sales lead",
];

const NOTES = [
  "Wants a call before the end of the quarter.",
  "Invoices go to the finance manager, not to the site.",
  "Met at the trade fair; asked for references.",
  "Renewal is due in spring.",
];

/** Numbers from 0 to 1 that only look random (mulberry32): the same seed gives the same ones. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[^a-zA-Z0-9]+/g, "")
    .toLowerCase();

/** `companyCount` at most 80: beyond that names would repeat. */
export function demoCustomers(seed: number, companyCount: number, contactCount: number) {
  const next = sequence(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const phone = (prefix: string): string => `${prefix} ${String(Math.floor(next() * 900_000) + 100_000)}`;
  const taken = new Set<string>();

  const companies: DemoCompany[] = [];
  while (companies.length < companyCount) {
    const [industry, words] = pick(INDUSTRIES);
    const name = `${pick(NAMES)} ${pick(words)}`;
    const domain = `${plain(name)}.example`;
    const [city, countryCode, prefix] = pick(PLACES);
    if (taken.has(domain)) continue;
    taken.add(domain);
    const employeeCount = Math.round(5 * 10 ** (next() * 2.5));
    const notes = next() < 0.25 ? pick(NOTES) : null;
    companies.push({ name, domain, industry, employeeCount, phone: phone(prefix), city, countryCode, notes });
  }

  const contacts: DemoContact[] = [];
  while (contacts.length < contactCount) {
    // Each company has somebody before any has two.
    const company = contacts.length < companyCount ? contacts.length : Math.floor(next() * companyCount);
    const [firstName, lastName] = [pick(FIRST_NAMES), pick(LAST_NAMES)];
    const email = `${plain(firstName)}.${plain(lastName)}@${companies[company]!.domain}`;
    if (taken.has(email)) continue;
    taken.add(email);
    contacts.push({
      firstName,
      lastName,
      email,
      phone: phone(companies[company]!.phone.split(" ").slice(0, 2).join(" ")),
      jobTitle: pick(JOB_TITLES),
      company,
    });
  }
  return { companies, contacts };
}
