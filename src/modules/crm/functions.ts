/** The CRM's door for jobs. */
import { defineJob } from "~/modules/jobs";
import { runImport } from "./flows";
import { ImportJobInput } from "./schema";

/** Takes the rows of an uploaded file in. */
export const importJob = defineJob({
  namespace: "default",
  taskType: "import",
  input: ImportJobInput,
  run: (job) => runImport(job),
});
