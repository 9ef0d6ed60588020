import "server-only";
export { exportSweeps, removeExpired } from "./flows";
