import { Field } from "~/ui/field";
import { Input } from "~/ui/input";

/** The instant after a day (UTC) is over; null for none. */
export const expiryOf = (day: string): Date | null =>
  day === "" ? null : new Date(new Date(`${day}T00:00:00Z`).getTime() + 24 * 60 * 60 * 1_000);

/** Until the end of which day something holds. */
export const UntilField = ({
  day,
  onDay,
  error,
}: {
  day: string;
  onDay: (day: string) => void;
  error?: string | undefined;
}) => (
  <Field
    id="until"
    label="Last day"
    help="In UTC. Empty: without an end."
    optionalText="optional"
    error={error}
  >
    <Input type="date" value={day} onChange={(event) => onDay(event.target.value)} />
  </Field>
);
