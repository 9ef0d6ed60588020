"use client";
/** A value that becomes an input where it stands: Enter or leaving it saves, Escape leaves it as it was. */
import { Pencil } from "lucide-react";
import { useId, useRef, useState, type ReactNode } from "react";
import type { z } from "zod";
import { Button } from "~/ui/button";
import { classNames } from "~/ui/class-names";
import { Input } from "~/ui/input";
import { Textarea } from "~/ui/textarea";

type Props = {
  label: string;
  /** As it is written in the input; "" for nothing. */
  text: string;
  /** As it is read; a link in it stays one. */
  children: ReactNode;
  /** What may be written, and the words when it is not. */
  rule: z.ZodType;
  mayEdit: boolean;
  isLong?: boolean;
  type?: "text" | "tel" | "email";
  /** @returns why it was refused. */
  onSave: (text: string) => Promise<string | null>;
};

export function EditableValue({
  label,
  text,
  children,
  rule,
  mayEdit,
  isLong,
  type = "text",
  onSave,
}: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const id = useId();
  const pencil = useRef<HTMLButtonElement>(null);
  // Leaving the input by its own Escape or Enter must not save again.
  const isLeaving = useRef(false);
  if (!mayEdit) return children;

  const close = () => {
    isLeaving.current = true;
    setDraft(null);
    setProblem(null);
    // The input is gone after this render.
    requestAnimationFrame(() => pencil.current?.focus({ preventScroll: true }));
  };
  const save = async () => {
    if (draft === null || isLeaving.current) return;
    if (draft.trim() === text) return close();
    const parsed = rule.safeParse(draft);
    if (!parsed.success) return setProblem(parsed.error.issues[0]?.message ?? "Write something else.");
    const wanted = draft;
    close();
    const refused = await onSave(wanted);
    if (refused === null) return;
    isLeaving.current = false;
    setDraft(wanted);
    setProblem(refused);
  };

  if (draft === null) {
    return (
      <span className="group/value -ms-1.5 flex min-h-6 items-start gap-1 rounded-md ps-1.5 hover:bg-ink/4">
        <span className="min-w-0 grow break-words">{children}</span>
        <button
          ref={pencil}
          type="button"
          aria-label={`Change ${label.toLowerCase()}`}
          className="flex size-6 shrink-0 items-center justify-center rounded-md text-ink-faint opacity-0 transition-opacity group-hover/value:opacity-100 hover:text-ink focus-visible:opacity-100 pointer-coarse:-my-2.5 pointer-coarse:size-11 pointer-coarse:opacity-100"
          onClick={() => {
            isLeaving.current = false;
            setDraft(text);
          }}
        >
          <Pencil aria-hidden className="size-3.5" />
        </button>
      </span>
    );
  }
  const field = {
    id,
    autoFocus: true,
    "aria-label": label,
    "aria-invalid": problem !== null,
    "aria-describedby": problem ? `${id}-problem` : undefined,
    value: draft,
    autoComplete: "off",
    onChange: (event: { target: { value: string } }) => {
      setDraft(event.target.value);
      setProblem(null);
    },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" && (!isLong || event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        void save();
      }
    },
  };
  return (
    <span
      className="flex flex-col gap-1"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void save();
      }}
    >
      {isLong ? (
        <Textarea rows={4} {...field} />
      ) : (
        <Input type={type} className={classNames(problem && "border-negative")} {...field} />
      )}
      {problem && (
        <span id={`${id}-problem`} role="alert" className="text-sm text-negative">
          {problem}
        </span>
      )}
      <span className="flex gap-1.5">
        <Button size="small" variant="primary" onClick={() => void save()}>
          Save
        </Button>
        <Button size="small" variant="ghost" onClick={close}>
          Cancel
        </Button>
      </span>
    </span>
  );
}
