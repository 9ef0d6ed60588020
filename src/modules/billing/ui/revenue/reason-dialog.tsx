"use client";
import { useState } from "react";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";

type Props = {
  title: string;
  description: string;
  confirmLabel: string;
  /** Closes the dialog when it succeeds; a refusal stays in the dialog. */
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
};

/** An act on the platform's money, and why: kept in the audit log. */
export function ReasonDialog({ title, description, confirmLabel, onConfirm, onClose }: Props) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>();
  const [isPending, setPending] = useState(false);
  const confirm = async () => {
    setError(undefined);
    setPending(true);
    try {
      await onConfirm(reason);
      onClose();
    } catch (refused) {
      const { fields, message } = refusalOf(refused);
      setError(fields.reason?.[0] ?? message);
    } finally {
      setPending(false);
    }
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        size="small"
        title={title}
        description={description}
        footer={
          <>
            <DialogClose>
              <Button>Cancel</Button>
            </DialogClose>
            <Button variant="primary" loading={isPending} onClick={() => void confirm()}>
              {confirmLabel}
            </Button>
          </>
        }
      >
        <Field id="reason" label="Reason" help="Kept with your name in the audit log." error={error} required>
          <Input value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </DialogContent>
    </Dialog>
  );
}
