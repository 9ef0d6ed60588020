import { cache } from "react";
import { env } from "~/server/config/env";
import { referenceOf } from "~/server/rest/reference";
import { restDocument } from "~/wiring/rest";

/** Beside the groups: what endpoints are sent. */
export const EVENTS = { slug: "events", name: "Events" };

/** The document of this process, as people read it. The same for everybody, so it is made once. */
let made: ReturnType<typeof referenceOf> | undefined;
export const reference = cache(() => (made ??= referenceOf(restDocument(env().APP_URL))));
