export {
  createEndpoint,
  deleteEndpoint,
  endDeliveries,
  getEndpoint,
  listEndpoints,
  rotateSecret,
  setActive,
  showSecret,
  signingSecrets,
  updateEndpoint,
} from "./manage-endpoints";
export { getDelivery, listDeliveries, replayDelivery, replayFailed, sendTest } from "./find-deliveries";
