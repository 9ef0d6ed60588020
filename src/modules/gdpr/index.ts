import "server-only";
export { gdprSweeps } from "./flows";
export { countWaiting, erasureSeen, erasuresSeen, searchAgain } from "./service/watch-erasures";
