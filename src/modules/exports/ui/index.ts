export { ExportButton } from "./export-button";
export { ExportOutcome } from "./export-outcome";
