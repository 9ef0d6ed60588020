import "server-only";
export { notify, notifyIn } from "./service";
export { unreadAside } from "./flows/live";
export { notificationSweeps } from "./flows/purge";
export { ListNotificationsInput } from "./schema";
