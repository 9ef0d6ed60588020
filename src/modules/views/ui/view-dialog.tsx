"use client";
import { useState, type FormEvent } from "react";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/checkbox";
import { Dialog, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { ViewName } from "../schema";

type Props = {
  title: string;
  action: string;
  name?: string;
  mayShare: boolean;
  onClose: () => void;
  /** Rejects with the API's refusal, which stays in the dialog. */
  onSave: (name: string, isShared: boolean) => Promise<void>;
};

const FORM = "view-form";

export function ViewDialog({ title, action, name: given = "", mayShare, onClose, onSave }: Props) {
  const [name, setName] = useState(given);
  const [isShared, setShared] = useState(false);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const read = ViewName.safeParse(name);
    if (!read.success) return setError(read.error.issues[0]!.message);
    setBusy(true);
    try {
      await onSave(read.data, isShared);
      onClose();
    } catch (refused) {
      const { message, fields } = refusalOf(refused);
      setError(fields.name?.[0] ?? message);
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        title={title}
        description="Search, filters, order and columns as they are on screen."
        size="small"
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" type="submit" form={FORM} loading={isBusy}>
              {action}
            </Button>
          </>
        }
      >
        <form id={FORM} noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
          <Field label="Name" id="view-name" error={error}>
            <Input
              value={name}
              maxLength={60}
              onChange={(event) => {
                setName(event.target.value);
                setError(undefined);
              }}
            />
          </Field>
          {mayShare && (
            <Checkbox
              label="Share with everybody"
              description="All members see it; you and admins can change it."
              checked={isShared}
              onCheckedChange={setShared}
            />
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
}
