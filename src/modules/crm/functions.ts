/** The CRM's door for jobs. */
import { defineJob } from "~/modules/jobs";
import { changeAll, runImport, undoAll } from "./flows";
import { ChangeJobInput, ImportJobInput, UndoJobInput } from "./schema";

/** Takes the rows of an uploaded file in. */
export const importJob = defineJob({
  namespace: "default",
  taskType: "import",
  input: ImportJobInput,
  run: (job) => runImport(job),
});

/** One act on all that match a list's filters, when they are more than a transaction should hold. */
export const changeJob = defineJob({
  namespace: "default",
  taskType: "bulk_change",
  input: ChangeJobInput,
  run: (job) => changeAll(job),
});

/** Takes such an act back. */
export const undoJob = defineJob({
  namespace: "default",
  taskType: "bulk_undo",
  input: UndoJobInput,
  run: (job) => undoAll(job),
});
