/** The uploaded file in the object store. */
import { buffer } from "node:stream/consumers";
import { headObject, readObject, type TenantObject } from "~/server/outbound/object-store";
import type { ImportSource } from "../flows/import-source";

export const storedSource = (object: TenantObject): ImportSource => ({
  head: () => headObject(object),
  read: async (from, until) => buffer(await readObject(object, { from, until })),
});
