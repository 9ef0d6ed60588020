import "server-only";
export { actAs, orgAtDoor } from "./service";
