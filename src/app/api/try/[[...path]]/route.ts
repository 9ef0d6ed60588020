import { tryRest } from "~/wiring/rest";

export { tryRest as DELETE, tryRest as GET, tryRest as PATCH, tryRest as POST, tryRest as PUT };
