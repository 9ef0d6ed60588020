/**
 * Who may come in where, said by hand: one row for each procedure and its REST route. `src/wiring/doors.db.test.ts` knocks
 * at all of them as everybody there is; a new procedure fails it until it stands here.
 *
 * `[least, scope, route]`: the least role that may, the scope that a key needs (null: no key may), and the route below
 * `/api/v1`, where there is one.
 */
import type { Role } from "~/kernel/roles";
import type { Scope } from "~/kernel/scopes";

export type OrgDoor = readonly [least: Role, scope: Scope | null, route?: string];
export type Door =
  | OrgDoor
  /** Whoever is signed in, in any organization or none; no key. */
  | "person"
  /** Staff of whoever runs the platform who confirmed of late that it is them; nobody else learns that it is there. */
  | "staff"
  /** Open to nobody known, for a reason. */
  | { stranger: string }
  /** Of every member, read-only ones too, as it changes only what is the person's own; no key. */
  | { own: string };

const READ: OrgDoor = ["readonly", "crm:read"];
const WRITE: OrgDoor = ["member", "crm:write"];
const via = ([least, scope]: OrgDoor, route: string): OrgDoor => [least, scope, route];

/** Companies and contacts have the same. */
const records = (many: "companies" | "contacts"): Record<string, OrgDoor> =>
  Object.fromEntries(
    Object.entries<OrgDoor>({
      list: via(READ, `GET /${many}`),
      count: READ,
      get: via(READ, `GET /${many}/{id}`),
      create: via(WRITE, `POST /${many}`),
      update: via(WRITE, `PATCH /${many}/{id}`),
      delete: via(WRITE, `DELETE /${many}/{id}`),
      restore: via(WRITE, `POST /${many}/{id}/restore`),
      tag: via(WRITE, `PUT /${many}/{id}/tags/{tag_id}`),
      untag: via(WRITE, `DELETE /${many}/{id}/tags/{tag_id}`),
      bulkDelete: WRITE,
      bulkRestore: WRITE,
      bulkTag: WRITE,
      bulkUntag: WRITE,
      bulkUndo: WRITE,
      bulkUpdate: WRITE,
      changeMatching: WRITE,
      duplicates: READ,
      dismissDuplicates: WRITE,
      recallDuplicates: WRITE,
      merge: WRITE,
      undoMerge: WRITE,
    }).map(([name, door]) => [`crm.${many}.${name}`, door]),
  );

export const DOORS: Record<string, Door> = {
  "admin.overview": "staff",
  "admin.organizations": "staff",
  "admin.findOrganizations": "staff",
  "admin.organization": "staff",
  "admin.people": "staff",
  "admin.person": "staff",
  "admin.jobs": "staff",
  "admin.features": "staff",
  "admin.audit": "staff",
  "admin.erasures": "staff",
  "admin.erasure": "staff",
  "admin.health": "staff",
  "admin.suspend": "staff",
  "admin.changePlan": "staff",
  "admin.setOverride": "staff",
  "admin.endOverride": "staff",
  "admin.setFeature": "staff",
  "admin.clearFeature": "staff",
  "admin.endSessions": "staff",
  "admin.cancelJob": "staff",
  "admin.runJobAgain": "staff",
  "admin.exportAudit": "staff",
  "admin.searchErasureAgain": "staff",

  "apiKeys.list": ["admin", null],
  "apiKeys.create": ["admin", null],
  "apiKeys.rotate": ["admin", null],
  "apiKeys.revoke": ["admin", null],

  "audit.list": ["admin", "audit:read", "GET /audit-entries"],
  "audit.entry": ["admin", "audit:read", "GET /audit-entries/{id}"],
  "audit.people": ["admin", "audit:read"],
  "audit.chain": ["admin", "audit:read"],

  "auth.requestLink": {
    stranger: "asks for a sign-in link: nobody is signed in yet; limited per address and mail",
  },
  "auth.me": "person",
  "auth.updateProfile": "person",
  "auth.disconnectGoogle": "person",
  "auth.devices": "person",
  "auth.endDevice": "person",
  "auth.endOtherDevices": "person",
  "auth.stepUp": "person",
  "auth.requestStepUp": "person",
  "auth.beginConfirm": "person",
  "auth.confirmByPasskey": "person",
  "auth.passkeys": "person",
  "auth.beginPasskey": "person",
  "auth.addPasskey": "person",
  "auth.removePasskey": "person",

  "billing.notice": ["readonly", "organization:read"],
  "billing.overview": ["owner", null],
  "billing.invoices": ["owner", null],
  "billing.invoice": ["owner", null],
  "billing.preview": ["owner", null],
  "billing.checkout": ["owner", null],
  "billing.portal": ["owner", null],
  "billing.cancel": ["owner", null],
  "billing.resume": ["owner", null],
  "billing.changePlan": ["owner", null],
  "billing.setTaxId": ["owner", null],
  "billing.setOverage": ["owner", null],
  "billing.refresh": ["owner", null],
  "billing.revenue.overview": "staff",
  "billing.revenue.inbox": "staff",
  "billing.revenue.event": "staff",
  "billing.revenue.replay": "staff",
  "billing.revenue.offer": "staff",
  "billing.revenue.withdrawOffer": "staff",
  "billing.revenue.close": "staff",

  ...records("companies"),
  ...records("contacts"),
  "crm.owners": READ,
  "crm.timeline": READ,
  "crm.tags.list": via(READ, "GET /tags"),
  "crm.tags.uses": READ,
  "crm.tags.create": via(WRITE, "POST /tags"),
  "crm.tags.update": via(WRITE, "PATCH /tags/{id}"),
  "crm.tags.delete": via(WRITE, "DELETE /tags/{id}"),
  "crm.tags.restore": WRITE,
  "crm.notes.create": WRITE,
  "crm.notes.update": WRITE,
  "crm.notes.delete": WRITE,
  "crm.notes.restore": WRITE,
  "crm.samples.state": READ,
  "crm.samples.add": WRITE,
  "crm.samples.remove": WRITE,
  "crm.imports.list": via(READ, "GET /imports"),
  "crm.imports.get": via(READ, "GET /imports/{id}"),
  "crm.imports.refusals": via(READ, "GET /imports/{id}/refusals"),
  "crm.imports.create": via(WRITE, "POST /imports"),
  "crm.imports.inspect": via(WRITE, "POST /imports/{id}/inspection"),
  "crm.imports.start": via(WRITE, "POST /imports/{id}/start"),
  "crm.imports.discard": via(WRITE, "DELETE /imports/{id}"),

  "entitlements.current": ["readonly", "organization:read"],

  "exports.start": ["member", "exports:write", "POST /exports"],
  "exports.download": ["member", "exports:write", "POST /exports/{id}/download"],
  "exports.get": ["readonly", "jobs:read", "GET /exports/{id}"],
  "exports.ofJob": ["readonly", "jobs:read"],

  "features.states": ["readonly", "organization:read"],
  "features.explain": ["admin", "features:read", "GET /features"],
  "features.members": ["admin", null],
  "features.why": ["admin", null],
  "features.ofOrg": "staff",

  "gdpr.person": "person",
  "gdpr.exportPerson": "person",
  "gdpr.downloadPerson": "person",
  "gdpr.erasePerson": "person",
  "gdpr.keepPerson": "person",
  "gdpr.organization": ["owner", null],
  "gdpr.exportOrganization": ["owner", null],
  "gdpr.downloadOrganization": ["owner", null],
  "gdpr.eraseOrganization": ["owner", null],
  "gdpr.keepOrganization": ["owner", null],
  "gdpr.undo": { stranger: "looks at a deletion by the link of its mail, signed in or not" },
  "gdpr.keepByLink": {
    stranger: "undoes a deletion by the link of its mail, also without an account's session",
  },
  "gdpr.certificate": { stranger: "the certificate of an account that is gone; its link is what is known" },

  "jobs.taskTypes": ["readonly", "jobs:read"],
  "jobs.list": ["readonly", "jobs:read", "GET /jobs"],
  "jobs.get": ["readonly", "jobs:read", "GET /jobs/{id}"],
  "jobs.cancel": ["member", "jobs:write", "POST /jobs/{id}/cancel"],
  "jobs.runAgain": ["member", "jobs:write", "POST /jobs/{id}/reruns"],

  "metering.thisPeriod": ["readonly", "usage:read", "GET /usage/{meter}"],
  "metering.summary": ["readonly", "usage:read", "GET /usage"],
  "metering.byDay": ["readonly", "usage:read", "GET /usage/{meter}/days"],
  "metering.entries": ["readonly", "usage:read", "GET /usage/{meter}/entries"],
  "metering.periods": ["readonly", "usage:read"],

  "notifications.list": ["readonly", null],
  "notifications.unread": ["readonly", null],
  "notifications.markRead": { own: "which of one's own notifications one has seen" },

  "search.all": ["readonly", "organization:read"],

  "tenancy.invitation": {
    stranger: "an invitation is looked at before signing in; its token is what is known",
  },
  "tenancy.myOrganizations": "person",
  "tenancy.create": "person",
  "tenancy.askSlug": "person",
  "tenancy.acceptInvitation": "person",
  "tenancy.current": ["readonly", "organization:read"],
  "tenancy.setup": ["readonly", "organization:read"],
  "tenancy.hideSetup": { own: "whether one still sees the first steps" },
  "tenancy.noteVisit": { own: "which organization one opened last, for the switcher" },
  "tenancy.organization": ["readonly", "organization:read", "GET /organization"],
  "tenancy.update": ["admin", "organization:write", "PATCH /organization"],
  "tenancy.apiOrigins": ["readonly", "organization:read"],
  "tenancy.changeApiOrigins": ["admin", "organization:write"],
  "tenancy.updateSettings": ["admin", "organization:write"],
  "tenancy.startLogoUpload": ["admin", "organization:write"],
  "tenancy.finishLogoUpload": ["admin", "organization:write"],
  "tenancy.removeLogo": ["admin", "organization:write"],
  "tenancy.member": ["readonly", "members:read", "GET /members/{user_id}"],
  "tenancy.members": ["readonly", "members:read", "GET /members"],
  "tenancy.changeRole": ["admin", null, "PATCH /members/{user_id}"],
  "tenancy.removeMember": ["admin", null, "DELETE /members/{user_id}"],
  "tenancy.leave": { own: "one's own membership" },
  "tenancy.transferOwnership": ["owner", null],
  "tenancy.invitations": ["readonly", "members:read", "GET /invitations"],
  "tenancy.invite": ["admin", null, "POST /invitations"],
  "tenancy.resendInvitation": ["admin", null, "POST /invitations/{id}/resend"],
  "tenancy.revokeInvitation": ["admin", null, "DELETE /invitations/{id}"],

  "views.list": ["readonly", null],
  "views.opened": ["readonly", null],
  "views.keep": { own: "a view of one's own" },
  "views.change": { own: "a view of one's own" },
  "views.delete": { own: "a view of one's own" },
  "views.setDefault": { own: "what one's own list opens with" },
  "views.share": ["member", null],
  "views.changeShared": ["member", null],
  "views.deleteShared": ["member", null],

  "webhooks.endpoints": ["admin", "webhooks:read", "GET /webhooks"],
  "webhooks.endpoint": ["admin", "webhooks:read", "GET /webhooks/{id}"],
  "webhooks.deliveries": ["admin", "webhooks:read", "GET /webhooks/{endpoint_id}/deliveries"],
  "webhooks.delivery": ["admin", "webhooks:read", "GET /webhook-deliveries/{id}"],
  "webhooks.create": ["admin", "webhooks:write", "POST /webhooks"],
  "webhooks.update": ["admin", "webhooks:write", "PATCH /webhooks/{id}"],
  "webhooks.remove": ["admin", "webhooks:write", "DELETE /webhooks/{id}"],
  "webhooks.setActive": ["admin", "webhooks:write"],
  "webhooks.showSecret": ["admin", "webhooks:write"],
  "webhooks.rotateSecret": ["admin", "webhooks:write", "POST /webhooks/{id}/rotate-secret"],
  "webhooks.sendTest": ["admin", "webhooks:write", "POST /webhooks/{id}/test"],
  "webhooks.replay": ["admin", "webhooks:write", "POST /webhook-deliveries/{id}/replay"],
  "webhooks.replayFailed": ["admin", "webhooks:write", "POST /webhooks/{id}/replay-failed"],
};
