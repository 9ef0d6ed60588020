"use client";
import type { ReactNode } from "react";
import { refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";

type Props = {
  /** On the button: "Delete organization". */
  label: string;
  title: string;
  description: string;
  /** The address or name that must be typed. */
  phrase: string;
  erase: { mutateAsync: (input: { confirmation: string }) => Promise<unknown>; error: unknown };
  /** Where a confirmation of who one is leads back to. */
  backTo: string;
};

/** Asks for a deletion, of an account or of an organization: what goes, and the name to be typed. */
export const EraseDialog = ({ label, title, description, phrase, erase, backTo }: Props) => (
  <ConfirmDialog
    trigger={<Button variant="danger">{label}</Button>}
    title={title}
    description={description}
    phrase={phrase}
    phraseLabel={`Type “${phrase}” to confirm`}
    confirmLabel="Request deletion"
    onConfirm={() => erase.mutateAsync({ confirmation: phrase })}
    error={refusalWords(erase.error, backTo)}
  />
);

/** Why it was refused, with the way on where it is that the person must confirm who they are. */
function refusalWords(error: unknown, backTo: string): ReactNode {
  if (!error) return undefined;
  const { code, message, fields } = refusalOf(error);
  if (code !== "auth.step_up_required") return fields.confirmation?.[0] ?? message;
  return (
    <>
      {message}{" "}
      <a className="underline" href={`/account/confirm?next=${encodeURIComponent(backTo)}`}>
        Confirm it is you
      </a>
    </>
  );
}
