export { NotificationBell } from "./notification-bell";
export { NotificationsPage } from "./notifications-page";
export { NotificationsSkeleton } from "./notifications-skeleton";
