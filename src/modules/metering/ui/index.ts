export { JobsMeter } from "./jobs-meter";
