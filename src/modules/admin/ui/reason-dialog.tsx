"use client";
import { useState, type ReactNode } from "react";
import { refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Textarea } from "~/ui/textarea";

type Props = {
  title: string;
  /** What happens, to whom, and what stays. */
  description: string;
  confirmLabel: string;
  tone?: "danger" | "primary";
  /** Who reads the reason. */
  readBy?: string;
  /** For what is large: must be typed before the button works. */
  phrase?: string;
  /** Fields besides the reason; their errors by name, `reason` is shown by the dialog itself. */
  children?: (errors: Record<string, string[] | undefined>) => ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

/** What a plain door refused, in its public words. */
export class DomainProblem extends Error {
  constructor(
    message: string,
    readonly fields: Record<string, string[]> = {},
  ) {
    super(message);
  }
}

/** Every act of staff: what it does, why, one button. The reason is kept in the audit log, and the organization reads it. */
export function ReasonDialog({
  title,
  description,
  confirmLabel,
  tone = "danger",
  readBy = "Kept in the audit log; the organization can read it.",
  phrase,
  children,
  onConfirm,
  onClose,
}: Props) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [errors, setErrors] = useState<Record<string, string[] | undefined>>({});
  const [refused, setRefused] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const submit = async () => {
    setRefused(null);
    const wrong = {
      ...(reason.trim() === "" && { reason: ["Say why."] }),
      ...(phrase !== undefined &&
        typed.trim() !== phrase && { phrase: [`Type ${phrase} as it stands here.`] }),
    };
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setPending(true);
    try {
      await onConfirm(reason.trim());
      onClose();
    } catch (error) {
      const { fields, message } = error instanceof DomainProblem ? error : refusalOf(error);
      setErrors(fields);
      setRefused(message);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !isPending && onClose()}>
      <DialogContent title={title} description={description}>
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {refused && (
            <Banner tone="negative" title="Nothing was changed">
              {refused}
            </Banner>
          )}
          {children?.(errors)}
          <Field id="reason" label="Reason" help={readBy} error={errors.reason?.[0]} required>
            <Textarea
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          {phrase !== undefined && (
            <Field id="phrase" label={`Type ${phrase} to confirm`} error={errors.phrase?.[0]} required>
              <Input
                value={typed}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setTyped(event.target.value)}
              />
            </Field>
          )}
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose>
              <Button disabled={isPending}>Cancel</Button>
            </DialogClose>
            <Button type="submit" variant={tone} loading={isPending}>
              {confirmLabel}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
