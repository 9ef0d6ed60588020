import "server-only";
export { addressOf } from "./rules";
