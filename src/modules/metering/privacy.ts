import { definePrivacy } from "~/kernel/privacy";

/** The ledger and its counters hold ids, numbers and instants of an organization: nothing about a person. */
export const meteringPrivacy = definePrivacy("metering", {});
