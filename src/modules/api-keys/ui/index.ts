export { KeysPage } from "./keys-page";
export { KeysSkeleton } from "./keys-skeleton";
