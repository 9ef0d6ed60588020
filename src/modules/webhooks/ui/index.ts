export { WebhookPage } from "./webhook-page";
export { WebhooksPage } from "./webhooks-page";
export { WebhooksSkeleton } from "./webhooks-skeleton";
