"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef } from "react";

export interface FormErrorsProps {
  title: string;
  /** `field` is the id given to the `Field`, `label` its words; an error of the whole form has neither. */
  errors: readonly { field?: string; label?: string; message: string }[];
  /** How often the form was sent, so that a second failure takes the focus again: react-hook-form's `submitCount`. */
  attempt?: number;
}

/** The summary above a form. It takes the focus when errors arrive, so that nobody misses them. */
export function FormErrors({ title, errors, attempt = 0 }: FormErrorsProps) {
  const box = useRef<HTMLDivElement>(null);
  const shown = errors.length > 0;
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, attempt]);

  if (!shown) return null;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="alert"
      className="flex gap-3 rounded-lg border border-negative/40 bg-negative/6 p-3 outline-none"
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-negative" />
      <div className="min-w-0 text-sm">
        <p className="font-medium text-ink">{title}</p>
        <ul className="mt-1 flex flex-col gap-0.5">
          {errors.map(({ field, label, message }) => (
            <li key={`${field ?? ""}:${message}`} className="text-ink-soft">
              {field ? (
                <a
                  href={`#${field}`}
                  className="text-negative underline decoration-negative/40 underline-offset-2 hover:decoration-negative"
                  onClick={(event) => {
                    const control = document.getElementById(field);
                    if (!control) return;
                    event.preventDefault();
                    control.scrollIntoView({ block: "center" });
                    control.focus({ preventScroll: true });
                  }}
                >
                  {label && `${label}: `}
                  {message}
                </a>
              ) : (
                message
              )}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
