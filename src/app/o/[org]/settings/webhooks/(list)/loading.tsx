import { WebhooksSkeleton } from "~/modules/webhooks/ui";

export default WebhooksSkeleton;
