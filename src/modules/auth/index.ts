import "server-only";
export { actorOfToken } from "./flows/watch-sessions";
