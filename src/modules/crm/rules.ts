/**
 * Pure decisions of the CRM: how names, domains, phones and countries are written down, what a column of a file means,
 * and whether a row can be taken. Safe in the browser, which shows the same answers before anything is stored.
 */
import { z } from "zod";
import { Email, line, optionalText } from "~/kernel/text";

// ─── One value ───

/** ISO 3166-1 alpha-2. */
export const COUNTRY_CODES = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG " +
  "CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL " +
  "GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA " +
  "LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP " +
  "NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV " +
  "SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
).split(" ");
const KNOWN_COUNTRIES = new Set(COUNTRY_CODES);

/** Languages in which a country's name is understood. */
const COUNTRY_LANGUAGES = ["en", "de", "fr", "es", "ar"];
const COUNTRY_NICKNAMES: Record<string, string> = {
  usa: "US",
  "u.s.a.": "US",
  "u.s.": "US",
  "united states of america": "US",
  uk: "GB",
  "u.k.": "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  uae: "AE",
  holland: "NL",
  korea: "KR",
  "south korea": "KR",
  "czech republic": "CZ",
  turkey: "TR",
  brd: "DE",
};

const foldName = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();

let countriesByName: Map<string, string> | undefined;
function countryNames(): Map<string, string> {
  if (countriesByName) return countriesByName;
  countriesByName = new Map(Object.entries(COUNTRY_NICKNAMES));
  for (const language of COUNTRY_LANGUAGES) {
    const names = new Intl.DisplayNames(language, { type: "region" });
    for (const code of COUNTRY_CODES) countriesByName.set(foldName(names.of(code) ?? code), code);
  }
  return countriesByName;
}

/** ISO 3166-1 alpha-2 of a code or of a name in English, German, French, Spanish or Arabic; null when it is none. */
export function countryCodeOf(text: string): string | null {
  const folded = foldName(text);
  const code = folded.toUpperCase();
  if (KNOWN_COUNTRIES.has(code)) return code;
  return countryNames().get(folded) ?? null;
}

/** What a country is called in `locale`; the code itself when there is no name. */
export function countryName(code: string, locale: string): string {
  let names = regionNames.get(locale);
  if (!names) regionNames.set(locale, (names = new Intl.DisplayNames(locale, { type: "region" })));
  return names.of(code) ?? code;
}
/** Made once: every row of a list asks. */
const regionNames = new Map<string, Intl.DisplayNames>();

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/**
 * A domain as it is stored and compared: `https://www.Example.com/about` → `example.com`. Letters outside ASCII become
 * Punycode. Null for what is no domain (one word, an IP address, a mail address).
 */
export function domainOf(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.includes("@") || /[\s\\]/.test(trimmed)) return null;
  let host: string;
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
    if (!/^https?:$/.test(url.protocol)) return null;
    host = url.hostname;
  } catch {
    return null;
  }
  host = host.toLowerCase().replace(/\.$/, "");
  // `www.com` is a domain; `www.example.com` is example.com.
  if (/^www\.[^.]+\./.test(host)) host = host.slice(4);
  return HOST.test(host) ? host : null;
}

/** A phone number as it was written, with its spaces tidied; null without at least three digits or with letters. */
export function phoneOf(text: string): string | null {
  const tidy = text.trim().replace(/\s+/g, " ");
  const digits = tidy.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits < 3 || tidy.length > 40) return null;
  return /^[+(]?[\p{Nd} ()./+-]+(?:\s?(?:ext\.?|x|#)\s?\p{Nd}{1,6})?$/iu.test(tidy) ? tidy : null;
}

export const MAX_EMPLOYEES = 10_000_000;

/** A head count: `1,200`, `1.200`, `1 200` and `1'200` are all 1200; null for fractions, ranges and words. */
export function employeeCountOf(text: string): number | null {
  const plain = text.trim().replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const isGrouped = /^\d{1,3}(?:[.,'’\s\u00a0\u202f]\d{3})+$/.test(plain);
  if (!isGrouped && !/^\d+(?:[.,]0+)?$/.test(plain)) return null;
  const count = Number(isGrouped ? plain.replace(/\D/g, "") : plain.replace(/[.,]0+$/, ""));
  return count <= MAX_EMPLOYEES ? count : null;
}

/** First and last name out of one text: `Doe, Jane` and `Jane Doe`; the last word is the last name. */
export function splitFullName(text: string): { firstName: string | null; lastName: string | null } {
  const name = text.trim().replace(/\s+/g, " ");
  const comma = name.indexOf(",");
  if (comma > 0)
    return { firstName: name.slice(comma + 1).trim() || null, lastName: name.slice(0, comma).trim() };
  const space = name.lastIndexOf(" ");
  if (space < 0) return { firstName: null, lastName: name || null };
  return { firstName: name.slice(0, space), lastName: name.slice(space + 1) };
}

/** What a contact is called in lists and sentences. */
export const contactName = (contact: {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
}): string =>
  [contact.firstName, contact.lastName].filter(Boolean).join(" ") || contact.email || "Unnamed contact";

/** Text through a rule that answers null for what it does not take. */
const through = <T>(rule: (text: string) => T | null, refusal: string, max = 300) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .transform((text, context) => {
      const value = rule(text);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: refusal });
      return z.NEVER;
    });

/** One line: what looks like a line break or a run of blanks in a name is one blank. */
const oneLine = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, " "))
    .pipe(line(max));

/** The values of both records, each as it is stored. A form and a row of a file go through the same ones. */
export const VALUES = {
  name: oneLine(200),
  /** Lower case, without scheme, path and "www."; unique among the living companies of an organization. */
  domain: through(domainOf, "Write a domain like example.com.", 2_000),
  industry: oneLine(100),
  employeeCount: through(
    employeeCountOf,
    `Write a whole number from 0 to ${MAX_EMPLOYEES.toLocaleString("en")}.`,
    40,
  ),
  phone: through(phoneOf, "Write a phone number: digits, blanks and + - ( ) . /."),
  city: oneLine(100),
  /** ISO 3166-1 alpha-2; a name in English, German, French, Spanish or Arabic is understood. */
  country: through(countryCodeOf, "Write a country's name or its two-letter code."),
  notes: optionalText(5_000).min(1),
  personName: oneLine(100),
  email: Email,
  jobTitle: oneLine(150),
  tag: oneLine(40),
  /** What a member writes about a record. */
  note: z.string().trim().min(1, "Write something first.").pipe(optionalText(10_000)),
};

export const NAMELESS = "Write a first name, a last name or a mail address.";
/** Whether there is anything to call a contact by. */
export const isNamed = (contact: {
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
}): boolean => Boolean(contact.firstName ?? contact.lastName ?? contact.email);

// ─── Tags ───

export const TAG_TONES = ["neutral", "dye-1", "dye-2", "dye-3", "dye-4", "dye-5"] as const;
export type TagTone = (typeof TAG_TONES)[number];
/** Tags of one organization; more would be no order any more. */
export const MAX_TAGS = 500;

/** The tone for a new tag: the one that fewest have, neutral last. */
export function freshTone(taken: string[]): TagTone {
  const count = (tone: TagTone) => taken.filter((one) => one === tone).length;
  const dyes = TAG_TONES.filter((tone) => tone !== "neutral");
  return dyes.reduce((best, tone) => (count(tone) < count(best) ? tone : best));
}

/** Days that a deleted record can be brought back; then the purge removes it. */
export const KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Deletions before this instant are for good. */
export const purgeBefore = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS);
export const canRestore = (deletedAt: Date, now: Date): boolean => deletedAt >= purgeBefore(now);

/** Days after which a file is given up: one that nobody started, and one whose import stopped half way. */
const UNSTARTED_DAYS = 7;
export const abandonedBefore = (now: Date) => ({
  unstarted: new Date(now.getTime() - UNSTARTED_DAYS * DAY_MS),
  stopped: purgeBefore(now),
});

// ─── Many records at once ───

export type RecordKind = "company" | "contact";

/** What many records can be given at once. */
export const BULK_FIELDS = ["ownerId", "companyId", "countryCode", "industry"] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

/** The one field that is to be changed, with its value. @throws RangeError when none or several are named. */
export function bulkChangeOf(values: Partial<Record<BulkField, string | null>>): {
  field: BulkField;
  value: string | null;
} {
  const named = BULK_FIELDS.filter((field) => values[field] !== undefined);
  const [field] = named;
  if (!field || named.length > 1) throw new RangeError("exactly one field is changed at a time");
  return { field, value: values[field] ?? null };
}

// ─── Merging ───

/** Fields of which one of two merged records' values is kept, in the order a person compares them. */
export const MERGE_FIELDS = {
  company: [
    "name",
    "domain",
    "industry",
    "employeeCount",
    "phone",
    "city",
    "countryCode",
    "notes",
    "ownerId",
  ],
  contact: ["firstName", "lastName", "email", "phone", "jobTitle", "companyId", "notes", "ownerId"],
} as const satisfies Record<RecordKind, readonly string[]>;
export type MergeField = (typeof MERGE_FIELDS)[RecordKind][number];

/** What the kept record takes from the other when nobody has chosen yet: whatever it lacks. */
export const suggestTake = (
  kind: RecordKind,
  kept: Partial<Record<MergeField, unknown>>,
  other: Partial<Record<MergeField, unknown>>,
): MergeField[] =>
  MERGE_FIELDS[kind].filter((field) => (kept[field] ?? null) === null && (other[field] ?? null) !== null);

// ─── Timeline ───

/** `added`: where nobody noted who created it; `note`: a member's own words. */
export const TIMELINE_KINDS = [
  "added",
  "created",
  "changed",
  "deleted",
  "restored",
  "imported",
  "merged",
  "merged_into",
  "unmerged",
  "tagged",
  "untagged",
  "linked",
  "unlinked",
  "note",
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

// ─── Columns of a file ───

export type ImportEntity = "company" | "contact";

export const COMPANY_FIELDS = [
  "name",
  "domain",
  "industry",
  "employeeCount",
  "phone",
  "city",
  "country",
  "notes",
] as const;
export const CONTACT_FIELDS = [
  "firstName",
  "lastName",
  "fullName",
  "email",
  "phone",
  "jobTitle",
  "company",
  "notes",
] as const;
export type ImportField = (typeof COMPANY_FIELDS)[number] | (typeof CONTACT_FIELDS)[number];

export const fieldsOf = (entity: ImportEntity): readonly ImportField[] =>
  entity === "company" ? COMPANY_FIELDS : CONTACT_FIELDS;

/** What a field is called, and how a sentence names it. */
export const FIELD_WORDS: Record<ImportField, { label: string; noun: string }> = {
  name: { label: "Name", noun: "name" },
  domain: { label: "Domain", noun: "domain" },
  industry: { label: "Industry", noun: "industry" },
  employeeCount: { label: "Employees", noun: "number of employees" },
  phone: { label: "Phone", noun: "phone number" },
  city: { label: "City", noun: "city" },
  country: { label: "Country", noun: "country" },
  notes: { label: "Description", noun: "description" },
  firstName: { label: "First name", noun: "first name" },
  lastName: { label: "Last name", noun: "last name" },
  fullName: { label: "Full name (first and last)", noun: "full name" },
  email: { label: "Mail address", noun: "mail address" },
  jobTitle: { label: "Job title", noun: "job title" },
  company: { label: "Company (name or domain)", noun: "company" },
};

/** Column names by which a field is recognised, folded (`headerKey`): English, German, French, Spanish, Arabic. */
const SYNONYMS: Record<ImportEntity, Partial<Record<ImportField, string[]>>> = {
  company: {
    name: words(
      "name, company, company name, organization, organisation, organization name, account, account name, business name, legal name, " +
        "firma, firmenname, unternehmen, kunde, entreprise, société, raison sociale, nom, nom de l'entreprise, " +
        "empresa, nombre, nombre de la empresa, compañía, razón social, الاسم, الشركة, اسم الشركة",
    ),
    domain: words(
      "domain, domain name, company domain, company domain name, website, web site, website url, url, web, homepage, webseite, internetseite, " +
        "site web, site internet, site, domaine, sitio web, página web, dominio, الموقع, الموقع الإلكتروني, النطاق",
    ),
    industry: words(
      "industry, sector, branch, vertical, branche, industrie, secteur, secteur d'activité, sector, industria, القطاع, الصناعة",
    ),
    employeeCount: words(
      "employees, employee count, number of employees, headcount, head count, company size, size, staff, " +
        "mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, employés, effectif, nombre d'employés, empleados, número de empleados, عدد الموظفين, الموظفون",
    ),
    phone: words(
      "phone, phone number, telephone, tel, telephone number, company phone, telefon, telefonnummer, rufnummer, téléphone, teléfono, número de teléfono, الهاتف, رقم الهاتف",
    ),
    city: words("city, town, billing city, locality, stadt, ort, ville, ciudad, localidad, المدينة"),
    country: words(
      "country, country code, country region, nation, billing country, land, ländercode, pays, país, pais, الدولة, البلد",
    ),
    notes: words(
      "notes, note, description, comment, comments, remarks, about, notiz, notizen, bemerkung, bemerkungen, beschreibung, remarque, remarques, commentaire, notas, comentarios, descripción, ملاحظات",
    ),
  },
  contact: {
    firstName: words(
      "first name, firstname, given name, forename, vorname, prénom, nombre, nombre de pila, الاسم الأول",
    ),
    lastName: words(
      "last name, lastname, surname, family name, nachname, familienname, nom, nom de famille, apellido, apellidos, اسم العائلة, الاسم الأخير",
    ),
    fullName: words(
      "name, full name, fullname, contact, contact name, person, vollständiger name, ansprechpartner, nom complet, nombre completo, contacto, الاسم, الاسم الكامل",
    ),
    email: words(
      "email, e mail, mail, email address, e mail address, mail address, work email, mailadresse, e mail adresse, adresse e mail, courriel, " +
        "correo, correo electrónico, dirección de correo, البريد الإلكتروني, البريد",
    ),
    phone: words(
      "phone, phone number, telephone, tel, mobile, mobile phone, cell, cell phone, telefon, telefonnummer, handy, mobil, téléphone, portable, teléfono, móvil, الهاتف, رقم الهاتف, الجوال",
    ),
    jobTitle: words(
      "job title, title, position, role, job, function, jobtitel, funktion, beruf, poste, fonction, titre, cargo, puesto, المسمى الوظيفي, المنصب",
    ),
    company: words(
      "company, company name, organization, organisation, account, account name, employer, company domain, associated company, firma, unternehmen, firmenname, " +
        "entreprise, société, empresa, compañía, الشركة, اسم الشركة",
    ),
    notes: words(
      "notes, note, description, comment, comments, remarks, notiz, notizen, bemerkung, bemerkungen, remarque, remarques, commentaire, notas, comentarios, ملاحظات",
    ),
  },
};

function words(list: string): string[] {
  return list.split(",").map(headerKey);
}

/** A column name as it is compared: without case, accents and signs. */
function headerKey(text: string): string {
  return foldName(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Which field each column most likely holds, by its name; null for what is left out. No field is taken twice. */
export function suggestMapping(entity: ImportEntity, headers: string[]): (ImportField | null)[] {
  const taken = new Set<ImportField>();
  return headers.map((header) => {
    const key = headerKey(header);
    const field = fieldsOf(entity).find(
      (candidate) => !taken.has(candidate) && SYNONYMS[entity][candidate]?.includes(key),
    );
    if (field) taken.add(field);
    return field ?? null;
  });
}

/** Whether a row could be data: it holds a mail address, a number, a domain. Names of columns hold none. */
const looksLikeData = (cells: string[]) =>
  cells.some(
    (cell) => /@|^[\d\s.,+()-]+$/.test(cell.trim()) || (cell.includes(".") && domainOf(cell) !== null),
  );

/**
 * Whether the first row names the columns: at least one name is known, or it is all words while the rows below it are not.
 */
export function looksLikeHeader(entity: ImportEntity, rows: string[][]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  const cells = first.filter((cell) => cell.trim() !== "");
  if (cells.length === 0 || looksLikeData(cells)) return false;
  if (suggestMapping(entity, first).some((field) => field !== null)) return true;
  const isDistinct = new Set(cells.map(headerKey)).size === cells.length;
  return isDistinct && cells.length === first.length && rest.length > 0 && rest.every(looksLikeData);
}

/** Why a mapping cannot be used, as words for the page; null when it can. */
export function mappingProblem(entity: ImportEntity, mapping: (ImportField | null)[]): string | null {
  const used = mapping.filter((field) => field !== null);
  const twice = used.find((field, i) => used.indexOf(field) !== i);
  if (twice) return `Two columns are set to “${FIELD_WORDS[twice].label}”. Leave one of them out.`;
  const foreign = used.find((field) => !fieldsOf(entity).includes(field));
  if (foreign) return `“${FIELD_WORDS[foreign].label}” is not a field here.`;
  const naming: ImportField[] =
    entity === "company" ? ["name", "domain"] : ["firstName", "lastName", "fullName", "email"];
  if (used.some((field) => naming.includes(field))) return null;
  return entity === "company"
    ? "Choose the column that holds the name or the domain of the companies."
    : "Choose a column that holds the name or the mail address of the contacts.";
}

// ─── Rows of a file ───

/** A row as it is stored; null is what the file does not say, and leaves what is there untouched. */
export type CompanyRow = {
  name: string | null;
  domain: string | null;
  industry: string | null;
  employeeCount: number | null;
  phone: string | null;
  city: string | null;
  countryCode: string | null;
  notes: string | null;
};
export type ContactRow = {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  jobTitle: string | null;
  notes: string | null;
  company: CompanyRef | null;
};
/** The company a contact's row names: found, or made, by its domain when it has one, else by its name. */
export type CompanyRef = { name: string; domain: string | null };

export type ReadRow =
  | { ok: true; row: CompanyRow | ContactRow }
  | {
      ok: false;
      reason: string;
      /** Column → what is wrong with its cell. */ cellProblems: Record<number, string>;
    };

const CELLS: Record<ImportField, z.ZodType<string | number>> = {
  name: VALUES.name,
  domain: VALUES.domain,
  industry: VALUES.industry,
  employeeCount: VALUES.employeeCount,
  phone: VALUES.phone,
  city: VALUES.city,
  country: VALUES.country,
  notes: VALUES.notes,
  firstName: VALUES.personName,
  lastName: VALUES.personName,
  fullName: VALUES.name,
  email: VALUES.email,
  jobTitle: VALUES.jobTitle,
  company: VALUES.name,
};

/** A cell as a sentence shows it: cut, and without characters that cannot be stored. */
const quoted = (cell: string) => {
  const shown = cell.replace(/\p{Cc}+/gu, " ").trim();
  return `“${(shown.length > 60 ? `${shown.slice(0, 59).trimEnd()}…` : shown).toWellFormed()}”`;
};

/** What was wrong with the row as text, in words. */
export const RECORD_PROBLEM_WORDS: Record<string, string> = {
  unclosed_quote: "A quotation mark opens here and is never closed.",
  too_long: "This line is longer than 1 MB.",
  not_text: "Some characters are not valid in the file's encoding.",
};

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `columnCount`: cells that a row must have; further ones are passed over when they are empty. */
export function readRow(
  p: { entity: ImportEntity; mapping: (ImportField | null)[]; columnCount: number },
  cells: string[],
): ReadRow {
  const isRagged =
    cells.length < p.columnCount || cells.slice(p.columnCount).some((cell) => cell.trim() !== "");
  if (isRagged) {
    const reason = `This row has ${plural(cells.length, "cell")}, but the file has ${plural(p.columnCount, "column")}.`;
    return { ok: false, reason, cellProblems: {} };
  }
  const values: Partial<Record<ImportField, string | number>> = {};
  const cellProblems: Record<number, string> = {};
  const reasons: string[] = [];
  for (const [column, field] of p.mapping.entries()) {
    const cell = cells[column]?.trim();
    if (!field || !cell) continue;
    const parsed = CELLS[field].safeParse(cell);
    if (parsed.success) values[field] = parsed.data;
    else {
      const why = parsed.error.issues[0]!.message;
      cellProblems[column] = why;
      reasons.push(`The ${FIELD_WORDS[field].noun} ${quoted(cell)} is not valid. ${why}`);
    }
  }
  if (reasons.length > 0) return { ok: false, reason: reasons.join(" "), cellProblems };
  const text = (field: ImportField) => (values[field] as string | undefined) ?? null;
  return p.entity === "company" ? companyOf(text, (values.employeeCount as number) ?? null) : contactOf(text);
}

function companyOf(text: (field: ImportField) => string | null, employeeCount: number | null): ReadRow {
  const domain = text("domain");
  const name = text("name");
  const row: CompanyRow = {
    // A company without a name is called by its domain anyway; that is no reason to rename one.
    name: name === domain ? null : name,
    domain,
    industry: text("industry"),
    employeeCount,
    phone: text("phone"),
    city: text("city"),
    countryCode: text("country"),
    notes: text("notes"),
  };
  if (row.name ?? row.domain) return { ok: true, row };
  return { ok: false, reason: "The row has neither a name nor a domain.", cellProblems: {} };
}

function contactOf(text: (field: ImportField) => string | null): ReadRow {
  const whole = splitFullName(text("fullName") ?? "");
  const hasParts = text("firstName") !== null || text("lastName") !== null;
  const company = text("company");
  const row: ContactRow = {
    firstName: hasParts ? text("firstName") : whole.firstName,
    lastName: hasParts ? text("lastName") : whole.lastName,
    email: text("email"),
    phone: text("phone"),
    jobTitle: text("jobTitle"),
    notes: text("notes"),
    company:
      company === null ? null : { name: company, domain: company.includes(".") ? domainOf(company) : null },
  };
  if (row.firstName ?? row.lastName ?? row.email) return { ok: true, row };
  return { ok: false, reason: "The row has neither a name nor a mail address.", cellProblems: {} };
}

/** The later row over the earlier one: what it says counts, what it leaves empty stays. */
export function mergeRows<Row extends object>(earlier: Row, later: Row): Row {
  const said = Object.entries(later).filter(([, value]) => value !== null);
  return { ...earlier, ...(Object.fromEntries(said) as Partial<Row>) };
}

/**
 * One row per key, since a statement may touch a record once only: `update` lays later rows over earlier ones, `skip`
 * keeps the first. Whatever the batch, the outcome is that of taking the rows one by one. A row without a key (null) is
 * always a new one.
 */
export function foldRepeated<Row extends object>(
  rows: Row[],
  keyOf: (row: Row) => string | null,
  onDuplicate: "update" | "skip",
): Row[] {
  const byKey = new Map<string, number>();
  const folded: Row[] = [];
  for (const row of rows) {
    const key = keyOf(row);
    const at = key === null ? undefined : byKey.get(key);
    if (at === undefined) {
      if (key !== null) byKey.set(key, folded.length);
      folded.push(row);
    } else if (onDuplicate === "update") {
      folded[at] = mergeRows(folded[at]!, row);
    }
  }
  return folded;
}

/** Characters of a refused row that are kept. */
const KEPT_CELL = 500;
const KEPT_ROW = 16_000;

/** A refused row's cells in a form that can be stored: bounded, without what Postgres cannot hold (NUL, half a pair). */
export function keptCells(cells: string[]): string[] {
  let left = KEPT_ROW;
  const kept: string[] = [];
  for (const cell of cells) {
    if (left <= 0) break;
    const text = cell.replaceAll("\u0000", "").toWellFormed();
    const cut = text.length > KEPT_CELL ? `${text.slice(0, KEPT_CELL - 1)}…`.toWellFormed() : text;
    kept.push(cut);
    left -= cut.length + 1;
  }
  return kept;
}

/** What changed, before and after: an entry says nothing about the rest. */
export function differences(before: object, values: object) {
  const old = before as Record<string, unknown>;
  const changed = Object.entries(values).filter(
    ([name, value]) => value !== undefined && old[name] !== value,
  );
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, old[name]])),
    after: Object.fromEntries(changed),
  };
}
