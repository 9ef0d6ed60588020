/** Every page there is, as those who may see it: what the journey `every-page` walks through, and `npm run screens`. */
import pg from "pg";
import { stack } from "./stack";

export type Visit = { as: string | null; to: string; status?: number };

export const OWNER = "owner@acme.test";
export const READER = "readonly@acme.test";

/** Page file's route → visits. `{company}` and the like are looked up among acme's demo rows. */
export const VISITS: Record<string, Visit[]> = {
  "/": [{ as: null, to: "/" }],
  "/pricing": [
    { as: null, to: "/pricing" },
    { as: OWNER, to: "/pricing" },
  ],
  "/docs/api": [
    { as: null, to: "/docs/api" },
    { as: OWNER, to: "/docs/api" },
  ],
  "/docs/api/[group]": [
    { as: null, to: "/docs/api/companies" },
    { as: OWNER, to: "/docs/api/webhooks" },
    { as: null, to: "/docs/api/events" },
    { as: null, to: "/docs/api/nothing-is-called-so", status: 404 },
  ],
  "/admin": [
    { as: "staff@tenantry.test", to: "/admin" },
    { as: OWNER, to: "/admin", status: 404 },
  ],
  "/admin/organizations": [
    { as: "staff@tenantry.test", to: "/admin/organizations" },
    { as: "staff@tenantry.test", to: "/admin/organizations?search=nothing-is-called-so" },
    { as: OWNER, to: "/admin/organizations", status: 404 },
  ],
  "/admin/organizations/[id]": [
    { as: "staff@tenantry.test", to: "/admin/organizations/{organization}" },
    { as: "staff@tenantry.test", to: "/admin/organizations/nothing", status: 404 },
    { as: OWNER, to: "/admin/organizations/{organization}", status: 404 },
  ],
  ...Object.fromEntries(
    ["people", "jobs", "features", "erasures", "audit", "health"].map((page) => [
      `/admin/${page}`,
      [
        { as: "staff@tenantry.test", to: `/admin/${page}` },
        { as: OWNER, to: `/admin/${page}`, status: 404 },
      ],
    ]),
  ),
  "/admin/revenue": [
    { as: "staff@tenantry.test", to: "/admin/revenue" },
    { as: OWNER, to: "/admin/revenue", status: 404 },
  ],
  "/o/[org]/billing": [
    { as: OWNER, to: "/o/acme/billing" },
    { as: READER, to: "/o/acme/billing", status: 403 },
    { as: "owner@globex.test", to: "/o/globex/billing" },
  ],
  "/o/[org]/settings/api-keys": [
    { as: OWNER, to: "/o/acme/settings/api-keys" },
    { as: READER, to: "/o/acme/settings/api-keys", status: 403 },
  ],
  "/o/[org]/settings/features": [
    { as: OWNER, to: "/o/acme/settings/features" },
    { as: "owner@globex.test", to: "/o/globex/settings/features" },
    { as: READER, to: "/o/acme/settings/features", status: 403 },
  ],
  "/o/[org]/settings/audit": [
    { as: OWNER, to: "/o/acme/settings/audit" },
    { as: OWNER, to: "/o/acme/settings/audit?search=nothing-is-called-so" },
    { as: READER, to: "/o/acme/settings/audit", status: 403 },
  ],
  "/login": [{ as: null, to: "/login" }],
  "/login/check-mail": [{ as: null, to: "/login/check-mail" }],
  "/login/continue": [{ as: null, to: "/login/continue?next=%2Fo%2Facme" }],
  "/login/error": [
    "link_expired",
    "link_used",
    "link_unknown",
    "mail_down",
    "google_cancelled",
    "refresh_reused",
    "unheard_of",
  ].map((error) => ({
    as: null,
    to: `/login/error?error=${error}`,
  })),
  "/login/confirm": ["link_expired", "link_used", "other_session", "signed_out"]
    .map((error) => `error=${error}`)
    .concat(`token=${"a".repeat(43)}&next=%2Faccount`)
    .map((query) => ({ as: null, to: `/login/confirm?${query}` })),
  "/login/link": [{ as: null, to: "/login/link?token=unknown&email=a%40example.test" }],
  "/invitations/[token]": [{ as: null, to: "/invitations/unknown" }],
  "/welcome": [{ as: OWNER, to: "/welcome" }],
  "/account": [{ as: OWNER, to: "/account" }],
  // As somebody whom no journey confirms: the page leads on from who is confirmed.
  "/account/confirm": [{ as: READER, to: "/account/confirm?next=%2Faccount" }],
  "/account/devices": [{ as: OWNER, to: "/account/devices" }],
  "/account/data": [{ as: OWNER, to: "/account/data" }],
  "/erasure/undo/[token]": [{ as: null, to: "/erasure/undo/unknown" }],
  "/erasure/certificate/[token]": [{ as: null, to: "/erasure/certificate/unknown" }],
  "/dev/ui": [{ as: null, to: "/dev/ui" }],
  "/o/[org]": [
    { as: OWNER, to: "/o/acme" },
    { as: READER, to: "/o/acme" },
    { as: "owner@globex.test", to: "/o/acme", status: 404 },
  ],
  "/o/[org]/companies": [
    { as: OWNER, to: "/o/acme/companies" },
    { as: READER, to: "/o/acme/companies" },
    { as: OWNER, to: "/o/acme/companies?search=nothing-is-called-so" },
  ],
  "/o/[org]/companies/new": [
    { as: OWNER, to: "/o/acme/companies/new" },
    { as: READER, to: "/o/acme/companies/new", status: 403 },
  ],
  "/o/[org]/companies/[id]": [{ as: OWNER, to: "/o/acme/companies/{company}" }],
  "/o/[org]/companies/[id]/edit": [{ as: OWNER, to: "/o/acme/companies/{company}/edit" }],
  "/o/[org]/contacts": [
    { as: OWNER, to: "/o/acme/contacts" },
    { as: READER, to: "/o/acme/contacts" },
  ],
  "/o/[org]/contacts/new": [{ as: OWNER, to: "/o/acme/contacts/new" }],
  "/o/[org]/contacts/[id]": [{ as: OWNER, to: "/o/acme/contacts/{contact}" }],
  "/o/[org]/contacts/[id]/edit": [{ as: OWNER, to: "/o/acme/contacts/{contact}/edit" }],
  ...Object.fromEntries(
    (["company", "contact"] as const).flatMap((kind) => {
      const list = kind === "company" ? "companies" : "contacts";
      return [
        [
          `/o/[org]/${list}/duplicates`,
          [OWNER, READER].map((as) => ({ as, to: `/o/acme/${list}/duplicates` })),
        ],
        [`/o/[org]/${list}/duplicates/phone`, [{ as: OWNER, to: `/o/acme/${list}/duplicates/phone` }]],
        [
          `/o/[org]/${list}/merge`,
          [
            { as: OWNER, to: `/o/acme/${list}/merge?first={${kind}}&second={other-${kind}}` },
            { as: OWNER, to: `/o/acme/${list}/merge?first={${kind}}`, status: 404 },
          ],
        ],
      ];
    }),
  ),
  "/o/[org]/tags": [
    { as: OWNER, to: "/o/acme/tags" },
    { as: READER, to: "/o/acme/tags" },
  ],
  "/o/[org]/imports": [
    { as: OWNER, to: "/o/acme/imports" },
    { as: READER, to: "/o/acme/imports" },
  ],
  "/o/[org]/imports/new": [
    { as: OWNER, to: "/o/acme/imports/new" },
    { as: READER, to: "/o/acme/imports/new" },
  ],
  // Visited with a real import by the newcomer's journey; here only what does not exist.
  "/o/[org]/imports/[id]": [
    { as: OWNER, to: "/o/acme/imports/0190a5c0-0000-7000-8000-000000000000", status: 404 },
  ],
  "/o/[org]/jobs": [
    { as: OWNER, to: "/o/acme/jobs" },
    { as: READER, to: "/o/acme/jobs" },
  ],
  "/o/[org]/jobs/[id]": [{ as: OWNER, to: "/o/acme/jobs/0190a5c0-0000-7000-8000-000000000000", status: 404 }],
  "/o/[org]/members": [
    { as: OWNER, to: "/o/acme/members" },
    { as: "admin@acme.test", to: "/o/acme/members" },
    { as: READER, to: "/o/acme/members" },
  ],
  "/o/[org]/members/invitations": [{ as: OWNER, to: "/o/acme/members/invitations" }],
  "/o/[org]/notifications": [
    { as: OWNER, to: "/o/acme/notifications" },
    { as: READER, to: "/o/acme/notifications?only=unread" },
  ],
  "/o/[org]/usage": [
    { as: OWNER, to: "/o/acme/usage" },
    { as: OWNER, to: "/o/acme/usage?period=1" },
    { as: OWNER, to: "/o/acme/usage?from=2026-01-01T00:00:00.000Z" },
    { as: READER, to: "/o/acme/usage" },
  ],
  "/o/[org]/usage/[meter]": [
    { as: OWNER, to: "/o/acme/usage/jobs" },
    { as: OWNER, to: "/o/acme/usage/images?from=2026-01-24T00:00:00.000Z" },
    { as: READER, to: "/o/acme/usage/storage_bytes" },
    { as: OWNER, to: "/o/acme/usage/moonlight", status: 404 },
  ],
  "/o/[org]/settings": [
    { as: OWNER, to: "/o/acme/settings" },
    { as: READER, to: "/o/acme/settings" },
  ],
  "/o/[org]/settings/webhooks": [
    { as: OWNER, to: "/o/acme/settings/webhooks" },
    { as: READER, to: "/o/acme/settings/webhooks", status: 403 },
  ],
  // Visited with a real webhook by a journey of its own; here only what does not exist.
  "/o/[org]/settings/webhooks/[id]": [
    { as: OWNER, to: "/o/acme/settings/webhooks/0190a5c0-0000-7000-8000-000000000000", status: 404 },
  ],
};

async function demoRow(table: "company" | "contact", nth = 0): Promise<string> {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  const { rows } = await owner.query(
    `select t.id from ${table} t join organization o on o.id = t.org_id where o.slug = 'acme' and t.deleted_at is null order by t.id limit 1 offset $1`,
    [nth],
  );
  await owner.end();
  return rows[0].id as string;
}

async function demoOrganization(): Promise<string> {
  const owner = new pg.Client({ connectionString: stack.reached().postgres.owner });
  await owner.connect();
  const { rows } = await owner.query("select id from organization where slug = 'acme'");
  await owner.end();
  return rows[0].id as string;
}

/** The address of a visit, with the ids of today's demo rows. */
export async function addressOf(to: string): Promise<string> {
  let address = to;
  if (address.includes("{organization}"))
    address = address.replace("{organization}", await demoOrganization());
  for (const [placeholder, isOther, table] of to.matchAll(/\{(other-)?(company|contact)\}/g))
    address = address.replace(placeholder, await demoRow(table as "company" | "contact", isOther ? 1 : 0));
  return address;
}
