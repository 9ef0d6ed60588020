import type { ReactNode } from "react";

/** The words beside a checkbox, switch or radio; the description is read with the control. */
export function ChoiceText({
  controlId,
  label,
  description,
}: {
  controlId: string;
  label: ReactNode;
  description?: ReactNode;
}) {
  return (
    <span className="flex min-w-0 flex-col">
      <label htmlFor={controlId} className="text-base text-ink">
        {label}
      </label>
      {description && (
        <span id={`${controlId}-description`} className="text-sm text-ink-soft">
          {description}
        </span>
      )}
    </span>
  );
}
