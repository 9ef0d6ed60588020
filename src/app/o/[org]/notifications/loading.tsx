import { NotificationsSkeleton } from "~/modules/notifications/ui";

export default NotificationsSkeleton;
