export { deliver, type RecordReader, type RecordReaders } from "./deliver";
export { purgeWebhookLog, sendDueDeliveries, webhookSweeps } from "./sweep";
export { tellOfTrouble, type TroubleMailed } from "./tell-of-trouble";
