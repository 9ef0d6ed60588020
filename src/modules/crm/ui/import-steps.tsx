import { Stepper } from "~/ui/stepper";

/** Where one is on the way from a file to records. */
export const ImportSteps = ({ current }: { current: number }) => (
  <Stepper
    label="Steps of an import"
    current={current}
    steps={[
      { key: "file", label: "File" },
      { key: "columns", label: "Columns" },
      { key: "import", label: "Import" },
    ]}
  />
);
