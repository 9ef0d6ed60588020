import {
  definePrivacy,
  OF_ORG,
  orgsUnexported,
  PLAIN,
  type Kept,
  type PrivacyOfTable,
} from "~/kernel/privacy";

const ledger: Kept = {
  kept: "what invoices were made of, in ids, numbers and instants: part of the accounts, in a sealed chain",
  until: "ten_years_whole",
};
const keptTable: PrivacyOfTable = { ...PLAIN, org: { erase: ledger, export: OF_ORG } };

/** The ledger and its counters hold ids, numbers and instants of an organization: nothing about a person. */
export const meteringPrivacy = definePrivacy("metering", {
  usage_ledger: keptTable,
  usage_seal: keptTable,
  usage_unsealed: { ...PLAIN, org: { erase: ledger, export: { not: "a queue of seconds" } } },
  usage_export: {
    ...PLAIN,
    org: { erase: ledger, export: { not: "digests of days that are exported entry by entry" } },
  },
  usage_counter: PLAIN,
  usage_reservation: { ...PLAIN, org: orgsUnexported("work under way") },
  usage_warning: PLAIN,
  usage_rollup: PLAIN,
  usage_period: PLAIN,
});
