"use client";

import { CircleAlert, FileUp } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";

import { classNames } from "./class-names";
import { Progress } from "./progress";

export interface FileDropProps {
  /** "Drop a CSV file here, or choose one" */
  label: ReactNode;
  /** What is taken: kinds, size. */
  hint?: ReactNode;
  /** As of `<input accept>`. Dropped files are not checked against it: the caller checks what it gets. */
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  onFiles: (files: File[]) => void;
  /** While a file goes up: its name, and 0 to 1 or `null` while unknown. */
  progress?: { name: string; value: number | null; text?: string };
  error?: ReactNode;
  className?: string;
}

export function FileDrop({
  label,
  hint,
  accept,
  multiple = false,
  disabled = false,
  onFiles,
  progress,
  error,
  className,
}: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const busy = progress !== undefined;

  function take(list: FileList | null): void {
    const files = Array.from(list ?? []);
    if (files.length === 0 || disabled || busy) return;
    onFiles(multiple ? files : files.slice(0, 1));
  }

  function drag(event: DragEvent, inside: boolean): void {
    event.preventDefault();
    setOver(inside && !disabled && !busy);
  }

  return (
    <div className={classNames("flex flex-col gap-2", className)}>
      <label
        htmlFor={id}
        onDragEnter={(event) => drag(event, true)}
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          take(event.dataTransfer.files);
        }}
        className={classNames(
          "relative flex min-h-32 flex-col items-center justify-center gap-1.5 rounded-lg border border-dashed border-line-strong bg-surface px-4 py-6 text-center transition-colors",
          "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
          over
            ? "border-accent bg-accent/6"
            : "not-has-disabled:cursor-pointer not-has-disabled:hover:bg-sunken",
          error && "border-negative",
          (disabled || busy) && "cursor-default",
          disabled && "opacity-50",
        )}
      >
        {/* Covered by nothing and merely unseen, so that Tab and Enter reach it as usual. */}
        <input
          id={id}
          type="file"
          accept={accept}
          multiple={multiple}
          disabled={disabled || busy}
          aria-describedby={
            [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined
          }
          aria-invalid={error ? true : undefined}
          className="sr-only"
          onChange={(event) => {
            take(event.target.files);
            // So that the same file may be chosen again after it was put right.
            event.target.value = "";
          }}
        />
        {progress ? (
          <span className="flex w-full max-w-sm flex-col gap-2">
            <span className="flex justify-between gap-4 text-sm">
              <span className="truncate font-medium">{progress.name}</span>
              {progress.text && (
                <span className="shrink-0 text-xs text-ink-soft tabular-nums">{progress.text}</span>
              )}
            </span>
            <Progress label={progress.name} value={progress.value} valueText={progress.text} />
          </span>
        ) : (
          <>
            <FileUp aria-hidden className="size-5 text-ink-faint" />
            <span className="text-base font-medium text-ink">{label}</span>
          </>
        )}
        {hint && (
          <span id={`${id}-hint`} className="text-sm text-ink-soft">
            {hint}
          </span>
        )}
      </label>
      {error && (
        <p id={`${id}-error`} role="alert" className="flex gap-1.5 text-sm text-negative">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </div>
  );
}
