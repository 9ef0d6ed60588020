// Written by `npm run api:client` from docs/openapi.json: change a route, not this file.
export interface paths {
    "/api/v1/audit-entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit entries
         * @description Newest first.
         */
        get: operations["audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-entries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an audit entry */
        get: operations["audit_entry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List companies */
        get: operations["crm_companies_list"];
        put?: never;
        /** Create a company */
        post: operations["crm_companies_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a company
         * @description One that was merged into another answers 410 with the id of that one.
         */
        get: operations["crm_companies_get"];
        put?: never;
        post?: never;
        /**
         * Delete a company
         * @description Out of sight at once, gone for good after 30 days.
         */
        delete: operations["crm_companies_delete"];
        options?: never;
        head?: never;
        /**
         * Change a company
         * @description Only what is given changes; null empties a field.
         */
        patch: operations["crm_companies_update"];
        trace?: never;
    };
    "/api/v1/companies/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a company back
         * @description Within 30 days of its deletion. One that is there stays as it is.
         */
        post: operations["crm_companies_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/companies/{id}/tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tag a company */
        put: operations["crm_companies_tag"];
        post?: never;
        /** Take a tag off a company */
        delete: operations["crm_companies_untag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: operations["crm_contacts_list"];
        put?: never;
        /** Create a contact */
        post: operations["crm_contacts_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a contact
         * @description One that was merged into another answers 410 with the id of that one.
         */
        get: operations["crm_contacts_get"];
        put?: never;
        post?: never;
        /**
         * Delete a contact
         * @description Out of sight at once, gone for good after 30 days.
         */
        delete: operations["crm_contacts_delete"];
        options?: never;
        head?: never;
        /**
         * Change a contact
         * @description Only what is given changes; null empties a field.
         */
        patch: operations["crm_contacts_update"];
        trace?: never;
    };
    "/api/v1/contacts/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring a contact back
         * @description Within 30 days of its deletion. One that is there stays as it is.
         */
        post: operations["crm_contacts_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{id}/tags/{tag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tag a contact */
        put: operations["crm_contacts_tag"];
        post?: never;
        /** Take a tag off a contact */
        delete: operations["crm_contacts_untag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export a list
         * @description Starts a job that writes a CSV file. It is kept for 7 days.
         */
        post: operations["exports_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an export */
        get: operations["exports_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a link to the file
         * @description Good for 5 minutes, and made anew as often as it is asked for. Each link is written into the audit log.
         */
        post: operations["exports_download"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List features
         * @description Every feature there is, whether it is on, and why. Asked in this order: kill switch, override, plan, default; the first rule with an opinion decides.
         */
        get: operations["features_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List imports */
        get: operations["crm_imports_list"];
        put?: never;
        /**
         * Begin an import
         * @description Answers where to put the CSV file. Then inspect it, and start.
         */
        post: operations["crm_imports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get an import */
        get: operations["crm_imports_get"];
        put?: never;
        post?: never;
        /**
         * Discard an import
         * @description Removes the uploaded file of one that was not started.
         */
        delete: operations["crm_imports_discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/inspection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look at the uploaded file
         * @description Finds encoding, columns and what they may mean; nothing is imported yet.
         */
        post: operations["crm_imports_inspect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rows that were refused */
        get: operations["crm_imports_refusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start an import */
        post: operations["crm_imports_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List open invitations
         * @description Newest first, 200 at most; `total` counts all.
         */
        get: operations["tenancy_invitations"];
        put?: never;
        /**
         * Invite people
         * @description All or none. An invitation that had expired is renewed. Not for keys: it takes a person’s own session.
         */
        post: operations["tenancy_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation
         * @description Not for keys: it takes a person’s own session.
         */
        delete: operations["tenancy_revoke_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an invitation again
         * @description With another 7 days and a new link; the link before is dead. Not for keys: it takes a person’s own session.
         */
        post: operations["tenancy_resend_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Newest first. Without `whose` only those that the key’s member has started.
         */
        get: operations["jobs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a job */
        get: operations["jobs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description What its steps have done stays.
         */
        post: operations["jobs_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/jobs/{id}/reruns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a job again
         * @description Starts a new job with the input of one that has ended.
         */
        post: operations["jobs_run_again"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description In the order they joined. `total` counts all that match.
         */
        get: operations["tenancy_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a member */
        get: operations["tenancy_member"];
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description What the member made stays with the organization. Not for keys: it takes a person’s own session.
         */
        delete: operations["tenancy_remove_member"];
        options?: never;
        head?: never;
        /**
         * Change a member’s role
         * @description An admin can neither touch owners nor make them; the last owner stays one. Not for keys: it takes a person’s own session.
         */
        patch: operations["tenancy_change_role"];
        trace?: never;
    };
    "/api/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the organization
         * @description The one that the key belongs to.
         */
        get: operations["tenancy_organization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the organization
         * @description Only what is given changes. An old slug stays reserved and leads to the new one.
         */
        patch: operations["tenancy_update"];
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tags
         * @description All of them, by name.
         */
        get: operations["crm_tags_list"];
        put?: never;
        /** Create a tag */
        post: operations["crm_tags_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a tag
         * @description It comes off every record.
         */
        delete: operations["crm_tags_delete"];
        options?: never;
        head?: never;
        /** Change a tag */
        patch: operations["crm_tags_update"];
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what was used
         * @description Every meter in the billing period that runs.
         */
        get: operations["metering_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage/{meter}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the usage of one meter */
        get: operations["metering_this_period"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage/{meter}/days": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the usage of one meter by day
         * @description Days of the organization’s own time zone, oldest first, none left out.
         */
        get: operations["metering_by_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage/{meter}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the entries of the ledger
         * @description Newest first: what each counted unit was for. Nothing is ever changed here; corrections are entries.
         */
        get: operations["metering_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a delivery
         * @description With what was sent and each try. A key must be allowed to read what it is about.
         */
        get: operations["webhooks_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook-deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description The same text under the same `webhook-id`.
         */
        post: operations["webhooks_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description Oldest first, all of them. `limit` is how many there may be.
         */
        get: operations["webhooks_endpoints"];
        put?: never;
        /**
         * Add a webhook
         * @description Answers the secret that deliveries are signed with: this once.
         */
        post: operations["webhooks_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{endpoint_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries
         * @description Newest first; kept for 30 days.
         */
        get: operations["webhooks_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook */
        get: operations["webhooks_endpoint"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description With its secrets and its log.
         */
        delete: operations["webhooks_remove"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Only what is given changes. `event_types` means those alone.
         */
        patch: operations["webhooks_update"];
        trace?: never;
    };
    "/api/v1/webhooks/{id}/replay-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send again what failed
         * @description Whatever was not delivered since, the oldest first, up to 1,000 at once.
         */
        post: operations["webhooks_replay_failed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret
         * @description The one before signs beside it for `overlap_hours` (0, 1, 24 or 168). At most two live: an older one ends at once.
         */
        post: operations["webhooks_rotate_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description `webhook.tested`, which says nothing but that it came.
         */
        post: operations["webhooks_send_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "company.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company created */
        post: operations["on_company_created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "company.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company deleted */
        post: operations["on_company_deleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "company.merged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company merged */
        post: operations["on_company_merged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "company.restored": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company restored */
        post: operations["on_company_restored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "company.unmerged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company unmerged */
        post: operations["on_company_unmerged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "company.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Company updated */
        post: operations["on_company_updated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.created": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact created */
        post: operations["on_contact_created"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.deleted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact deleted */
        post: operations["on_contact_deleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.merged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact merged */
        post: operations["on_contact_merged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.restored": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact restored */
        post: operations["on_contact_restored"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.unmerged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact unmerged */
        post: operations["on_contact_unmerged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "contact.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Contact updated */
        post: operations["on_contact_updated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "export.finished": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export finished */
        post: operations["on_export_finished"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "export.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export started */
        post: operations["on_export_started"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.discarded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import discarded */
        post: operations["on_import_discarded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.finished": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import finished */
        post: operations["on_import_finished"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "import.started": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import started */
        post: operations["on_import_started"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invitation.accepted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invitation accepted */
        post: operations["on_invitation_accepted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invitation.revoked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invitation revoked */
        post: operations["on_invitation_revoked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "invitation.sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Invitation sent */
        post: operations["on_invitation_sent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "job.cancelled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Job cancelled */
        post: operations["on_job_cancelled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "job.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Job completed */
        post: operations["on_job_completed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "job.failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Job failed */
        post: operations["on_job_failed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "member.left": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Member left */
        post: operations["on_member_left"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "member.removed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Member removed */
        post: operations["on_member_removed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "member.role_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Member role changed */
        post: operations["on_member_role_changed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "organization.plan_changed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Organization plan changed */
        post: operations["on_organization_plan_changed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "organization.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Organization updated */
        post: operations["on_organization_updated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AuditEntry: {
            /** @description `noun.verbed`, past tense. */
            action: string;
            /** @description Null for the platform itself; its name is null for somebody who is no member any more. */
            actor: {
                /** Format: uuid */
                id: string;
                name: string | null;
            } | null;
            /** @description Address of the client; null for work nobody waited for, and once it was erased. */
            address: string | null;
            /** @description Values after the change, secrets masked; null where nothing changed. */
            after: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            at: string;
            /** @description Values before the change, secrets masked; null where nothing changed. */
            before: {
                [key: string]: unknown;
            } | null;
            correlation_id: string | null;
            /** @description What was done, in words that follow the actor’s name. */
            deed: string;
            /** Format: uuid */
            id: string;
            /** @description The values went with the person they were about. The chain still verifies. */
            is_erased: boolean;
            is_refusal: boolean;
            /** @description Place in the organization’s chain of hashes; null for the second until it is sealed. */
            seal: {
                hash: string;
                /** Format: date-time */
                sealed_at: string;
                seq: number;
            } | null;
            /** @description Id of what it was done to. */
            target: {
                id: string;
                label: string | null;
                path: string | null;
                type: string;
            } | null;
            /** @description `key:` and the id of the API key; null for a person’s own session. */
            via: string | null;
        };
        Company: {
            city: string | null;
            /** @description Contacts of this company. */
            contact_count: number;
            /** @description ISO 3166-1 alpha-2; a country’s name is understood. */
            country_code: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Lower case, without scheme, path and www; unique among the companies that are there. */
            domain: string | null;
            /** @description Whole number, 0 to 10,000,000. */
            employee_count: number | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The import that made it; null for none.
             */
            import_id: string | null;
            /** @description In words of your own. */
            industry: string | null;
            name: string;
            /** @description At most 5,000 characters. */
            notes: string | null;
            /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
            owner: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            } | null;
            phone: string | null;
            tags: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                tone: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
            }[];
            /** Format: date-time */
            updated_at: string;
        };
        CompanySummary: {
            city: string | null;
            /** @description ISO 3166-1 alpha-2; a country’s name is understood. */
            country_code: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description Lower case, without scheme, path and www; unique among the companies that are there. */
            domain: string | null;
            /** @description Whole number, 0 to 10,000,000. */
            employee_count: number | null;
            /** Format: uuid */
            id: string;
            /** @description In words of your own. */
            industry: string | null;
            name: string;
            /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
            owner: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            } | null;
            phone: string | null;
            tags: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                tone: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
            }[];
            /** Format: date-time */
            updated_at: string;
        };
        Contact: {
            /** @description Null for none, and when the company is deleted. */
            company: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** @description Unique among the contacts that are there. */
            email: string | null;
            first_name: string | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The import that made it; null for none.
             */
            import_id: string | null;
            job_title: string | null;
            last_name: string | null;
            /** @description At most 5,000 characters. */
            notes: string | null;
            /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
            owner: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            } | null;
            phone: string | null;
            tags: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                tone: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
            }[];
            /** Format: date-time */
            updated_at: string;
        };
        ContactSummary: {
            /** @description Null for none, and when the company is deleted. */
            company: {
                /** Format: uuid */
                id: string;
                name: string;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** @description Unique among the contacts that are there. */
            email: string | null;
            first_name: string | null;
            /** Format: uuid */
            id: string;
            job_title: string | null;
            last_name: string | null;
            /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
            owner: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            } | null;
            phone: string | null;
            tags: {
                /** Format: uuid */
                id: string;
                name: string;
                /** @enum {string} */
                tone: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
            }[];
            /** Format: date-time */
            updated_at: string;
        };
        CreatedWebhook: {
            endpoint: {
                all_events: boolean;
                /** Format: date-time */
                created_at: string;
                description: string;
                /** @enum {string|null} */
                disabled_reason: "by_hand" | "failing" | "gone" | null;
                event_types: string[];
                /** Format: date-time */
                failing_since: string | null;
                /** Format: uuid */
                id: string;
                /** Format: date-time */
                old_secret_until: string | null;
                /** @enum {string} */
                status: "active" | "disabled";
                url: string;
            };
            /** @description `whsec_` and base64 of 32 bytes, as Standard Webhooks has it. Keep it: it is not answered again. */
            secret: string;
        };
        Delivery: {
            /** @description Tries so far, ten at most. */
            attempts: number;
            /** @description What was sent; null before the first try, and after 30 days. */
            body: string | null;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: uuid
             * @description `webhook-id` of the request: the same at every try and replay.
             */
            event_id: string;
            event_type: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            is_replay: boolean;
            /**
             * @description Why the last try brought no 2xx, where its status does not say it.
             * @enum {string|null}
             */
            last_fault: "timeout" | "dns" | "refused" | "tls" | "reset" | "not_public" | "answer_too_large" | "failed" | "endpoint_disabled" | null;
            last_status_code: number | null;
            /**
             * Format: date-time
             * @description Null when there is none.
             */
            next_attempt_at: string | null;
            /**
             * @description pending, succeeded or failed.
             * @enum {string}
             */
            status: "pending" | "succeeded" | "failed";
            tries: {
                answer: string | null;
                /** @description Milliseconds. */
                duration_ms: number;
                /** @enum {string|null} */
                fault: "timeout" | "dns" | "refused" | "tls" | "reset" | "not_public" | "answer_too_large" | "failed" | "endpoint_disabled" | null;
                number: number;
                /** Format: date-time */
                started_at: string;
                status_code: number | null;
            }[];
        };
        DeliverySummary: {
            /** @description Tries so far, ten at most. */
            attempts: number;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: uuid
             * @description `webhook-id` of the request: the same at every try and replay.
             */
            event_id: string;
            event_type: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            is_replay: boolean;
            /**
             * @description Why the last try brought no 2xx, where its status does not say it.
             * @enum {string|null}
             */
            last_fault: "timeout" | "dns" | "refused" | "tls" | "reset" | "not_public" | "answer_too_large" | "failed" | "endpoint_disabled" | null;
            last_status_code: number | null;
            /**
             * Format: date-time
             * @description Null when there is none.
             */
            next_attempt_at: string | null;
            /**
             * @description pending, succeeded or failed.
             * @enum {string}
             */
            status: "pending" | "succeeded" | "failed";
        };
        Download: {
            url: string;
        };
        Export: {
            /**
             * Format: date-time
             * @description The file can be fetched until then; null while it is written.
             */
            expires_at: string | null;
            file_name: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The job that writes the file.
             */
            job_id: string;
            /** @description companies, contacts, imports, invitations, jobs or members. */
            list: string;
            row_count: number;
            size_bytes: number;
            /** @enum {string} */
            status: "running" | "finished" | "expired";
        };
        FeatureStates: {
            features: {
                /**
                 * @description The rule that decided.
                 * @enum {string}
                 */
                by: "kill_switch" | "override" | "plan" | "default";
                /** @enum {string} */
                feature: "calendar_sync" | "workflows" | "proposals" | "smart_tasks" | "ai_copilot" | "agents" | "slack_integration" | "advanced_reporting" | "revenue_splitting" | "storefront" | "studio" | "browser_automation";
                /** @description Overrides that have ended, the newest first. */
                history: {
                    author: string | null;
                    /** Format: date-time */
                    created_at: string;
                    enabled: boolean;
                    /** Format: date-time */
                    ended_at: string;
                    /** Format: date-time */
                    expires_at: string | null;
                    reason: string;
                }[];
                /** @description Whether it is on now. */
                is_on: boolean;
                /** @description What was set for this organization alone; null for nothing. */
                override: {
                    author: string | null;
                    /** Format: date-time */
                    created_at: string;
                    enabled: boolean;
                    /** Format: date-time */
                    expires_at: string | null;
                    reason: string;
                } | null;
                /**
                 * @description The lowest plan that has it, where the plan is why it is off; null otherwise.
                 * @enum {string|null}
                 */
                plan: "FREE" | "PRO" | "ENTERPRISE" | null;
                /** @description All rules in their order; `says` is null for one without an opinion. */
                rules: {
                    decides: boolean;
                    /** @enum {string} */
                    rule: "kill_switch" | "override" | "plan" | "default";
                    /** @enum {string|null} */
                    says: "on" | "off" | null;
                }[];
            }[];
            /**
             * @description The plan of the organization.
             * @enum {string}
             */
            plan: "FREE" | "PRO" | "ENTERPRISE";
        };
        Import: {
            by: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            };
            /** @description Rows of the file by what became of them. */
            counts: {
                created: number;
                refused: number;
                rows: number;
                skipped: number;
                updated: number;
            };
            /** Format: date-time */
            created_at: string;
            /**
             * @description What its rows become: company or contact.
             * @enum {string}
             */
            entity: "company" | "contact";
            file_name: string;
            has_header: boolean;
            /** Format: uuid */
            id: string;
            inspection: {
                column_count: number;
                data_line: number;
                data_offset: number;
                /** @enum {string} */
                delimiter: "," | ";" | "\t" | "|";
                /** @enum {string} */
                encoding: "ascii" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "iso-8859-2" | "iso-8859-15" | "koi8-r" | "shift_jis" | "gb18030" | "big5" | "euc-kr";
                etag: string;
                first_row: string[];
                has_header: boolean;
                rows: {
                    cells: string[];
                    line: number;
                    problem: string | null;
                }[];
            } | null;
            /**
             * Format: uuid
             * @description The job that does it; null until it is started.
             */
            job_id: string | null;
            /** @description For each column of the file the field it fills, or null. */
            mapping: ("name" | "domain" | "industry" | "employeeCount" | "phone" | "city" | "country" | "notes" | "firstName" | "lastName" | "fullName" | "email" | "jobTitle" | "company" | null)[] | null;
            /**
             * @description What happens to a row whose domain or mail is there already: update or skip.
             * @enum {string}
             */
            on_duplicate: "update" | "skip";
            /** @description At most 200,000,000. */
            size_bytes: number;
            /**
             * @description awaiting_upload, ready, started, finished or discarded.
             * @enum {string}
             */
            status: "awaiting_upload" | "ready" | "started" | "finished" | "discarded";
            suggested_mapping: ("name" | "domain" | "industry" | "employeeCount" | "phone" | "city" | "country" | "notes" | "firstName" | "lastName" | "fullName" | "email" | "jobTitle" | "company" | null)[] | null;
            /** Format: date-time */
            updated_at: string;
        };
        ImportRefusal: {
            cells: string[];
            /** @description In the file, from 1. */
            line: number;
            reason: string;
        };
        ImportSummary: {
            by: {
                /** Format: uuid */
                id: string;
                is_me: boolean;
                name: string | null;
            };
            /** @description Rows of the file by what became of them. */
            counts: {
                created: number;
                refused: number;
                rows: number;
                skipped: number;
                updated: number;
            };
            /** Format: date-time */
            created_at: string;
            /**
             * @description What its rows become: company or contact.
             * @enum {string}
             */
            entity: "company" | "contact";
            file_name: string;
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The job that does it; null until it is started.
             */
            job_id: string | null;
            /** @description At most 200,000,000. */
            size_bytes: number;
            /**
             * @description awaiting_upload, ready, started, finished or discarded.
             * @enum {string}
             */
            status: "awaiting_upload" | "ready" | "started" | "finished" | "discarded";
            /** Format: date-time */
            updated_at: string;
        };
        ImportUpload: {
            headers: {
                [key: string]: string;
            };
            /** Format: uuid */
            id: string;
            /** @description Put the file here within 15 minutes, with these headers. */
            url: string;
        };
        Invitation: {
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            id: string;
            /** @description Name of who invited; null when not known. */
            invited_by: string | null;
            is_expired: boolean;
            /** @description False when our mail server did not take the mail: send the invitation again. */
            is_mailed: boolean;
            /**
             * @description admin, member or readonly. Ownership is given inside.
             * @enum {string}
             */
            role: "admin" | "member" | "readonly";
            /** Format: date-time */
            sent_at: string;
        };
        InvitationReceipt: {
            invitations: {
                email: string;
                /** Format: uuid */
                id: string;
                is_mailed: boolean;
            }[];
        };
        Job: {
            /** @description Highest try of any step, 1 to 4. */
            attempts: number;
            cancelled_by: {
                name: string | null;
                /** Format: uuid */
                user_id: string;
            } | null;
            /** @description Why it failed; null otherwise. */
            cause: {
                code: string;
                message: string;
            } | null;
            correlation_id: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            may_cancel: boolean;
            may_run_again: boolean;
            progress: {
                /** @description Units of work that are done. */
                done: number;
                note: string | null;
                /** @description Null while nobody knows. */
                total: number | null;
            };
            queue: string;
            /** Format: uuid */
            rerun_as_id: string | null;
            /** Format: uuid */
            rerun_of_id: string | null;
            /** @description Counters and ids; null until it is completed. */
            result: {
                [key: string]: number | string | boolean | null;
            } | null;
            /**
             * Format: date-time
             * @description It does not begin before.
             */
            scheduled_for: string | null;
            /** Format: date-time */
            started_at: string | null;
            started_by: {
                name: string | null;
                /** Format: uuid */
                user_id: string;
            };
            /** @enum {string} */
            status: "SCHEDULED" | "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
            step_count: number;
            /** @description The latest 200, oldest first; `step_count` counts all. */
            steps: {
                dispatch: number;
                error: string | null;
                /** Format: date-time */
                finished_at: string | null;
                /** Format: uuid */
                id: string;
                name: string;
                /** Format: date-time */
                started_at: string;
                /** @enum {string} */
                status: "RUNNING" | "COMPLETED" | "FAILED";
                try: number;
            }[];
            /** @description What is done: import, export, … */
            task_type: string;
            /** Format: date-time */
            updated_at: string;
        };
        JobSummary: {
            /** @description Highest try of any step, 1 to 4. */
            attempts: number;
            /** @description Why it failed; null otherwise. */
            cause: {
                code: string;
                message: string;
            } | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at: string | null;
            /** Format: uuid */
            id: string;
            progress: {
                /** @description Units of work that are done. */
                done: number;
                note: string | null;
                /** @description Null while nobody knows. */
                total: number | null;
            };
            /**
             * Format: date-time
             * @description It does not begin before.
             */
            scheduled_for: string | null;
            /** Format: date-time */
            started_at: string | null;
            started_by: {
                name: string | null;
                /** Format: uuid */
                user_id: string;
            };
            /** @enum {string} */
            status: "SCHEDULED" | "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @description What is done: import, export, … */
            task_type: string;
            /** Format: date-time */
            updated_at: string;
        };
        Member: {
            email: string;
            /** @description The member whose key asks. */
            is_you: boolean;
            /**
             * Format: date-time
             * @description When the person became a member.
             */
            joined_at: string;
            /**
             * Format: date-time
             * @description When the member last opened this organization; null when never.
             */
            last_active_at: string | null;
            name: string | null;
            /**
             * @description owner, admin, member or readonly.
             * @enum {string}
             */
            role: "owner" | "admin" | "member" | "readonly";
            /**
             * Format: uuid
             * @description Id of the person; the same in every organization.
             */
            user_id: string;
        };
        Organization: {
            /** Format: date-time */
            created_at: string;
            /** @description ISO 4217. */
            default_currency: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Name in addresses. */
            slug: string;
            /**
             * @description active, suspended or deletion_requested.
             * @enum {string}
             */
            status: "active" | "suspended" | "deletion_requested";
            /** @description IANA name; days of charts begin and end in it. */
            time_zone: string;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description Why something was refused (RFC 9457). */
        Problem: {
            /** @description Stays the same for ever: for programs. */
            code: string;
            /** @description Quote it to support. */
            correlation_id: string;
            /** @description What happened, what is safe, what to do: for people. */
            detail: string;
            /** @description Facts for programs. For 402: `code` quota_exceeded with meter, limit, used, resets_at and upgrade_url, or plan_required with feature, plan and upgrade_url. */
            error?: {
                code: string;
            } & {
                [key: string]: string | number | boolean | null;
            };
            /** @description What is wrong by field; the path is joined by dots. */
            errors?: {
                [key: string]: string[];
            };
            status: number;
            title: string;
            /**
             * Format: uri
             * @description Names the kind of refusal; there for comparing.
             */
            type: string;
        };
        StartedDelivery: {
            /** Format: uuid */
            delivery_id: string;
        };
        StartedImport: {
            /**
             * Format: uuid
             * @description The job that does it; null until it is started.
             */
            job_id: string;
        };
        StartedReplay: {
            /** @description How many are sent again. */
            count: number;
        };
        Tag: {
            /** Format: uuid */
            id: string;
            /** @description At most 40 characters; unique in the organization. */
            name: string;
            /**
             * @description neutral or dye-1 to dye-5, the colour of its dot. Left out: the one that fewest tags have.
             * @enum {string}
             */
            tone: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
        };
        Usage: {
            /** @description What the plan allows in units of the meter; -1 is unlimited. */
            limit: number;
            /** @enum {string} */
            meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
            period: {
                /**
                 * Format: date-time
                 * @description First instant after it.
                 */
                end: string;
                /**
                 * Format: date-time
                 * @description First instant of the billing period (UTC).
                 */
                start: string;
            };
            /** @description Set aside for work under way. */
            reserved: number;
            /** @description Units of the meter in the period; whole numbers. */
            used: number;
        };
        UsageByDay: {
            days: {
                day: string;
                quantity: number;
            }[];
            /** @description What the period will have used at this pace; null too early to say. */
            forecast: number | null;
            /** @description What the plan allows in units of the meter; -1 is unlimited. */
            limit: number;
            /** @enum {string} */
            meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
            next: {
                limit: number;
                /** @enum {string} */
                plan: "FREE" | "PRO" | "ENTERPRISE";
            } | null;
            /** @description US dollars for what went beyond the plan; null where nothing can. */
            overage_cost: string | null;
            period: {
                /**
                 * Format: date-time
                 * @description First instant after it.
                 */
                end: string;
                /**
                 * Format: date-time
                 * @description First instant of the billing period (UTC).
                 */
                start: string;
            };
            /** @description Day on which the limit is reached at this pace; null when it is not. */
            reaches_limit_on: string | null;
            /** @description Set aside for work under way. */
            reserved: number;
            /** @description Units of the meter in the period; whole numbers. */
            used: number;
        };
        UsageEntry: {
            corrects: {
                /** Format: uuid */
                id: string;
                reason: string;
            } | null;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            occurred_at: string;
            quantity: number;
            /** @description Its number and hash in the organization’s chain; null for about a second. */
            seal: {
                hash: string;
                seq: number;
            } | null;
            /** @description Which party served it. */
            service: string | null;
            source: {
                /** Format: uuid */
                id: string | null;
                type: string;
            } | null;
        };
        UsageSummary: {
            meters: {
                /** @description What the plan allows in units of the meter; -1 is unlimited. */
                limit: number;
                /** @enum {string} */
                meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
                /** @description US dollars for what went beyond the plan; null where nothing can. */
                overage_cost: string | null;
                period: {
                    /** Format: date-time */
                    end: string;
                    /** Format: date-time */
                    start: string;
                };
                /** @description Set aside for work under way. */
                reserved: number;
                /** @description Units of the meter in the period; whole numbers. */
                used: number;
                warned: 0 | 80 | 100;
            }[];
            period: {
                /**
                 * Format: date-time
                 * @description First instant after it.
                 */
                end: string;
                /**
                 * Format: date-time
                 * @description First instant of the billing period (UTC).
                 */
                start: string;
            };
        };
        Webhook: {
            /** @description Those of tomorrow too. With a key: only one with every reading scope. */
            all_events: boolean;
            /** Format: date-time */
            created_at: string;
            /** @description In words of your own, at most 200 characters. */
            description: string;
            /**
             * @description by_hand; failing for three days; or gone, when it answered 410. Null where it is active.
             * @enum {string|null}
             */
            disabled_reason: "by_hand" | "failing" | "gone" | null;
            /** @description Ignored where all_events is true. With a key: only of what its scopes read. */
            event_types: string[];
            /**
             * Format: date-time
             * @description The first failure since the last success; null when it works.
             */
            failing_since: string | null;
            /** Format: uuid */
            id: string;
            /**
             * Format: date-time
             * @description Until when the secret before this one signs as well; null where there is none.
             */
            old_secret_until: string | null;
            /**
             * @description active, or disabled: nothing is sent.
             * @enum {string}
             */
            status: "active" | "disabled";
            /** @description Begins with https:// and lies in no private network. */
            url: string;
        };
        WebhookSecret: {
            /** @description `whsec_` and base64 of 32 bytes, as Standard Webhooks has it. Keep it: it is not answered again. */
            secret: string;
        };
    };
    responses: {
        /** @description Changed meanwhile. */
        Conflict: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Changed meanwhile",
                 *       "status": 409,
                 *       "detail": "Changed meanwhile.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not allowed. */
        Forbidden: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Not allowed",
                 *       "status": 403,
                 *       "detail": "Not allowed.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No longer there. */
        Gone: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "No longer there",
                 *       "status": 410,
                 *       "detail": "No longer there.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something failed on our side. */
        Internal: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Something failed on our side",
                 *       "status": 500,
                 *       "detail": "Something failed on our side.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request is not valid. */
        Invalid: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "The request is not valid",
                 *       "status": 400,
                 *       "detail": "The request is not valid.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A limit is reached. */
        Limit: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "A limit is reached",
                 *       "status": 402,
                 *       "detail": "A limit is reached.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No such form. */
        NotAcceptable: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "No such form",
                 *       "status": 406,
                 *       "detail": "No such form.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not found. */
        NotFound: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Not found",
                 *       "status": 404,
                 *       "detail": "Not found.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The record is not the version that If-Match names. */
        Stale: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "A condition does not hold",
                 *       "status": 412,
                 *       "detail": "The record is not the version that If-Match names.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has more than 1000000 bytes. */
        TooLarge: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Too large",
                 *       "status": 413,
                 *       "detail": "The body has more than 1000000 bytes.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Too many requests",
                 *       "status": 429,
                 *       "detail": "Too many requests.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Sign in first. */
        Unauthenticated: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Sign in first",
                 *       "status": 401,
                 *       "detail": "Sign in first.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not available right now. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "Not available right now",
                 *       "status": 503,
                 *       "detail": "Not available right now.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The Idempotency-Key came with another request before. */
        Unprocessable: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "In contradiction to an earlier request",
                 *       "status": 422,
                 *       "detail": "The Idempotency-Key came with another request before.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is in a form that is not read. */
        UnsupportedMedia: {
            headers: {
                "X-Correlation-Id": components["headers"]["CorrelationId"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "https://tenantry.dev/problems/kernel/example",
                 *       "title": "The body is in a form that is not read",
                 *       "status": 415,
                 *       "detail": "The body is in a form that is not read.",
                 *       "code": "kernel.example",
                 *       "correlation_id": "01a1fc6b-7058-7098-bb69-c2208186bf46"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Id of this request in our logs. Send one of your own (8 to 64 letters, digits, -) to choose it. */
        CorrelationId: string;
        /** @description Since when this is deprecated (RFC 9745). */
        Deprecation: string;
        /** @description Version of the record. */
        ETag: string;
        /** @description `true` when this answer was given before. */
        IdempotencyReplayed: string;
        /** @description The next page, as `<…>; rel="next"`. */
        Link: string;
        /** @description Path of what was created. */
        Location: string;
        /** @description Seconds to wait. */
        RetryAfter: number;
        /** @description When this stops to answer (RFC 8594). */
        Sunset: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    audit_list: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description First day, in the organization’s time zone. */
                from?: string;
                /** @description What it was about. */
                group?: "people" | "access" | "settings" | "money" | "records" | "files" | "jobs";
                /** @description Entries of one page. */
                limit?: number;
                /** @description Id of the member who acted, or platform. */
                person?: string | "platform";
                /** @description only: refused acts alone. */
                refusals?: "only";
                /** @description A member’s name or mail, words of what was done, or an id. */
                search?: string;
                /** @description Id of what it was done to. */
                target?: string;
                /** @description Last day, in the organization’s time zone. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditEntry"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    audit_entry: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_list: {
        parameters: {
            query?: {
                /** @description ISO 3166-1 alpha-2. */
                country?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
                owner?: ("all" | "mine" | "nobody") | string;
                /** @description From three characters on found anywhere in names, domain or mail; below that at the beginning of words. */
                search?: string;
                /** @description A leading - is descending. */
                sort?: "-created" | "created" | "name" | "-name" | "employees" | "-employees";
                /** @description Only with the tag of this id. */
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CompanySummary"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Analytical Engines",
                 *       "domain": "analytical.example",
                 *       "country_code": "GB",
                 *       "employee_count": 42
                 *     }
                 */
                "application/json": {
                    city?: string | null;
                    /** @description ISO 3166-1 alpha-2; a country’s name is understood. */
                    country_code?: string | null;
                    /** @description Lower case, without scheme, path and www; unique among the companies that are there. */
                    domain?: string | null;
                    /** @description Whole number, 0 to 10,000,000. */
                    employee_count?: string | number | null;
                    /** @description In words of your own. */
                    industry?: string | null;
                    name: string;
                    /** @description At most 5,000 characters. */
                    notes?: string | null;
                    /** @description A member of the organization; null for nobody. Left out on creation: the member of the key. */
                    owner_id?: string | null;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    Location: components["headers"]["Location"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "notes": "Asked for a quote in May."
                 *     }
                 */
                "application/json": {
                    city?: string | null;
                    /** @description ISO 3166-1 alpha-2; a country’s name is understood. */
                    country_code?: string | null;
                    /** @description Lower case, without scheme, path and www; unique among the companies that are there. */
                    domain?: string | null;
                    /** @description Whole number, 0 to 10,000,000. */
                    employee_count?: string | number | null;
                    /** @description In words of your own. */
                    industry?: string | null;
                    name?: string;
                    /** @description At most 5,000 characters. */
                    notes?: string | null;
                    /** @description A member of the organization; null for nobody. Left out on creation: the member of the key. */
                    owner_id?: string | null;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_tag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_companies_untag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_list: {
        parameters: {
            query?: {
                /** @description A company that is there; null for none. */
                company_id?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                /** @description Of everybody (all), one’s own (mine), of nobody, or of the member with this id. */
                owner?: ("all" | "mine" | "nobody") | string;
                /** @description From three characters on found anywhere in names, domain or mail; below that at the beginning of words. */
                search?: string;
                /** @description A leading - is descending. */
                sort?: "-created" | "created" | "name" | "-name";
                /** @description Only with the tag of this id. */
                tag?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ContactSummary"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "first_name": "Ada",
                 *       "last_name": "Lovelace",
                 *       "email": "ada@analytical.example"
                 *     }
                 */
                "application/json": {
                    /** @description A company that is there; null for none. */
                    company_id?: string | null;
                    /** @description Unique among the contacts that are there. */
                    email?: string | null;
                    first_name?: string | null;
                    job_title?: string | null;
                    last_name?: string | null;
                    /** @description At most 5,000 characters. */
                    notes?: string | null;
                    /** @description A member of the organization; null for nobody. Left out on creation: the member of the key. */
                    owner_id?: string | null;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    Location: components["headers"]["Location"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "notes": "Asked for a quote in May."
                 *     }
                 */
                "application/json": {
                    /** @description A company that is there; null for none. */
                    company_id?: string | null;
                    /** @description Unique among the contacts that are there. */
                    email?: string | null;
                    first_name?: string | null;
                    job_title?: string | null;
                    last_name?: string | null;
                    /** @description At most 5,000 characters. */
                    notes?: string | null;
                    /** @description A member of the organization; null for nobody. Left out on creation: the member of the key. */
                    owner_id?: string | null;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contact"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_tag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_contacts_untag: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                tag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exports_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "list": "companies",
                 *       "asked": {
                 *         "country": "DE"
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Search, filters and order, named as in the address of the list’s page.
                     * @default {}
                     */
                    asked?: {
                        [key: string]: string;
                    };
                    /**
                     * @default csv
                     * @enum {string}
                     */
                    format?: "csv" | "jsonl";
                    /** @description companies, contacts, imports, invitations, jobs or members. */
                    list: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    Location: components["headers"]["Location"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exports_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Export"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exports_download: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Download"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    features_explain: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeatureStates"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_list: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description What its rows become: company or contact. */
                entity?: "company" | "contact";
                /** @description Entries of one page. */
                limit?: number;
                /** @description awaiting_upload, ready, started, finished or discarded. */
                status?: "awaiting_upload" | "ready" | "started" | "finished" | "discarded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImportSummary"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "entity": "company",
                 *       "file_name": "companies.csv",
                 *       "size_bytes": 12345
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What its rows become: company or contact.
                     * @enum {string}
                     */
                    entity: "company" | "contact";
                    file_name: string;
                    /** @description At most 200,000,000. */
                    size_bytes: number;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportUpload"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_discard: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_inspect: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    delimiter?: "," | ";" | "\t" | "|";
                    /** @enum {string} */
                    encoding?: "ascii" | "utf-8" | "utf-16le" | "utf-16be" | "windows-1250" | "windows-1251" | "windows-1252" | "windows-1253" | "windows-1254" | "windows-1255" | "windows-1256" | "iso-8859-2" | "iso-8859-15" | "koi8-r" | "shift_jis" | "gb18030" | "big5" | "euc-kr";
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_refusals: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImportRefusal"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_imports_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mapping": [
                 *         "name",
                 *         "domain"
                 *       ],
                 *       "has_header": true,
                 *       "on_duplicate": "skip"
                 *     }
                 */
                "application/json": {
                    has_header: boolean;
                    /** @description For each column of the file the field it fills, or null. */
                    mapping: ("name" | "domain" | "industry" | "employeeCount" | "phone" | "city" | "country" | "notes" | "firstName" | "lastName" | "fullName" | "email" | "jobTitle" | "company" | null)[];
                    /**
                     * @description What happens to a row whose domain or mail is there already: update or skip.
                     * @enum {string}
                     */
                    on_duplicate: "update" | "skip";
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedImport"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Invitation"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                        total: number;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_invite: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emails": [
                 *         "ada@example.com"
                 *       ],
                 *       "role": "member"
                 *     }
                 */
                "application/json": {
                    /** @description Up to 20 mail addresses; each gets a mail with a link. */
                    emails: string[];
                    /**
                     * @description admin, member or readonly. Ownership is given inside.
                     * @enum {string}
                     */
                    role: "admin" | "member" | "readonly";
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationReceipt"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_revoke_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_resend_invitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationReceipt"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    jobs_list: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                status?: "SCHEDULED" | "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
                /** @description What is done: import, export, … */
                task_type?: string;
                /** @description mine, or all (for owners and admins). */
                whose?: "mine" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["JobSummary"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    jobs_get: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    jobs_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    jobs_run_again: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    Location: components["headers"]["Location"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_members: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                /** @description owner, admin, member or readonly. */
                role?: "owner" | "admin" | "member" | "readonly";
                /** @description Part of a name or mail address. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Member"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                        total: number;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_member: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description Id of the person; the same in every organization. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_remove_member: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the person; the same in every organization. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_change_role: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the person; the same in every organization. */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description owner, admin, member or readonly.
                     * @enum {string}
                     */
                    role: "owner" | "admin" | "member" | "readonly";
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_organization: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tenancy_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Corporation",
                 *       "time_zone": "Europe/Berlin"
                 *     }
                 */
                "application/json": {
                    /** @description ISO 4217. */
                    default_currency?: string;
                    name?: string;
                    /** @description 3 to 40 of a-z, 0-9 and single hyphens. */
                    slug?: string;
                    time_zone?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_tags_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Tag"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_tags_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Key account"
                 *     }
                 */
                "application/json": {
                    /** @description At most 40 characters; unique in the organization. */
                    name: string;
                    /**
                     * @description neutral or dye-1 to dye-5, the colour of its dot. Left out: the one that fewest tags have.
                     * @enum {string}
                     */
                    tone?: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_tags_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    crm_tags_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "tone": "dye-2"
                 *     }
                 */
                "application/json": {
                    /** @description At most 40 characters; unique in the organization. */
                    name?: string;
                    /**
                     * @description neutral or dye-1 to dye-5, the colour of its dot. Left out: the one that fewest tags have.
                     * @enum {string}
                     */
                    tone?: "neutral" | "dye-1" | "dye-2" | "dye-3" | "dye-4" | "dye-5";
                };
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    metering_summary: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageSummary"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    metering_this_period: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    metering_by_day: {
        parameters: {
            query?: {
                /** @description Instead: the first instant of a period, as an invoice names it. */
                period_start?: string;
                /** @description 0 is the period that runs, 1 the one before it. */
                periods_back?: number;
            };
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageByDay"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    metering_entries: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                /** @description Instead: the first instant of a period, as an invoice names it. */
                period_start?: string;
                /** @description 0 is the period that runs, 1 the one before it. */
                periods_back?: number;
            };
            header?: never;
            path: {
                meter: "jobs" | "api_calls" | "emails" | "ai_tokens" | "images" | "tts_seconds" | "render_seconds" | "storage_bytes";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["UsageEntry"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_delivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_replay: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedDelivery"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_endpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Webhook"][];
                        limit: number;
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks",
                 *       "description": "Warehouse",
                 *       "event_types": [
                 *         "company.created",
                 *         "company.updated"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Those of tomorrow too. With a key: only one with every reading scope.
                     * @default false
                     */
                    all_events?: boolean;
                    /**
                     * @description In words of your own, at most 200 characters.
                     * @default
                     */
                    description?: string;
                    /**
                     * @description Ignored where all_events is true. With a key: only of what its scopes read.
                     * @default []
                     */
                    event_types?: ("company.created" | "company.updated" | "company.deleted" | "company.restored" | "company.merged" | "company.unmerged" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.restored" | "contact.merged" | "contact.unmerged" | "import.started" | "import.finished" | "import.discarded" | "export.started" | "export.finished" | "job.completed" | "job.failed" | "job.cancelled" | "invitation.sent" | "invitation.accepted" | "invitation.revoked" | "member.role_changed" | "member.removed" | "member.left" | "organization.updated" | "organization.plan_changed")[];
                    /** @description Begins with https:// and lies in no private network. */
                    url: string;
                };
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_deliveries: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries of one page. */
                limit?: number;
                /** @description pending, succeeded or failed. */
                status?: "pending" | "succeeded" | "failed";
            };
            header?: never;
            path: {
                /** @description Id of the endpoint. */
                endpoint_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["DeliverySummary"][];
                        /** @description Send it as `cursor` for the next page; null on the last one. */
                        next_cursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_endpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description `ETag` that you have already: 304 when it is still the version. */
                "If-None-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description Still the version of If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_update: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
                /** @description `ETag` of the version you saw: another one is refused with 412. Left out, the change is made in any case. */
                "If-Match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "active": false
                 *     }
                 */
                "application/json": {
                    /** @description false: nothing is sent, and what is on its way ends. */
                    active?: boolean;
                    /** @description Those of tomorrow too. With a key: only one with every reading scope. */
                    all_events?: boolean;
                    /** @description In words of your own, at most 200 characters. */
                    description?: string;
                    /** @description Ignored where all_events is true. With a key: only of what its scopes read. */
                    event_types?: ("company.created" | "company.updated" | "company.deleted" | "company.restored" | "company.merged" | "company.unmerged" | "contact.created" | "contact.updated" | "contact.deleted" | "contact.restored" | "contact.merged" | "contact.unmerged" | "import.started" | "import.finished" | "import.discarded" | "export.started" | "export.finished" | "job.completed" | "job.failed" | "job.cancelled" | "invitation.sent" | "invitation.accepted" | "invitation.revoked" | "member.role_changed" | "member.removed" | "member.left" | "organization.updated" | "organization.plan_changed")[];
                    /** @description Begins with https:// and lies in no private network. */
                    url?: string;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_replay_failed: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedReplay"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_rotate_secret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlap_hours": 24
                 *     }
                 */
                "application/json": {
                    /** @default 24 */
                    overlap_hours?: 0 | 1 | 24 | 168;
                };
            };
        };
        responses: {
            /** @description What was asked for. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    webhooks_send_test: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of your own, a UUID for example: the same key within 24 hours does the same change once. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was asked for. */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["IdempotencyReplayed"];
                    "X-Correlation-Id": components["headers"]["CorrelationId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedDelivery"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            402: components["responses"]["Limit"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            412: components["responses"]["Stale"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMedia"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    on_company_created: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.created";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_company_deleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.deleted";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_company_merged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.merged";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_company_restored: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.restored";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_company_unmerged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.unmerged";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_company_updated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Company"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "company.updated";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_created: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.created";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_deleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.deleted";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_merged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.merged";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_restored: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.restored";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_unmerged: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.unmerged";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_contact_updated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["Contact"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "contact.updated";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_export_finished: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "export.finished";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_export_started: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "export.started";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_import_discarded: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["ImportSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "import.discarded";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_import_finished: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["ImportSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "import.finished";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_import_started: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["ImportSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "import.started";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_invitation_accepted: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "invitation.accepted";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_invitation_revoked: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "invitation.revoked";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_invitation_sent: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "invitation.sent";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_job_cancelled: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["JobSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "job.cancelled";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_job_completed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["JobSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "job.completed";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_job_failed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        /** @description As the API answers it, read before the first try; null once it is gone. */
                        record: components["schemas"]["JobSummary"] | null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "job.failed";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_member_left: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "member.left";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_member_removed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "member.removed";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_member_role_changed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "member.role_changed";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_organization_plan_changed: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "organization.plan_changed";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    on_organization_updated: {
        parameters: {
            query?: never;
            header: {
                /** @description The event: the same at every try and replay. Keep it, to know a repetition. */
                "webhook-id": string;
                /** @description `v1,` and the base64 of HMAC-SHA256 over `{webhook-id}.{webhook-timestamp}.{body}`; one for each living secret, with blanks between (Standard Webhooks). */
                "webhook-signature": string;
                /** @description When this try was signed, in seconds since 1970. Refuse what is older than 5 minutes. */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    data: {
                        /**
                         * Format: uuid
                         * @description Who did it; null for the platform itself.
                         */
                        actor_id: string | null;
                        record: null;
                        /** @description What it happened to. */
                        target: {
                            id: string;
                            type: string;
                        } | null;
                    };
                    /**
                     * Format: date-time
                     * @description When it happened.
                     */
                    timestamp: string;
                    /** @constant */
                    type: "organization.updated";
                };
            };
        };
        responses: {
            /** @description Taken. Anything else is tried again, ten times in all over three days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Never again: the webhook is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
