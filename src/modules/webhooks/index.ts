import "server-only";
export { webhookSweeps, type RecordReader, type RecordReaders } from "./flows";
export { ListDeliveriesInput } from "./schema";
