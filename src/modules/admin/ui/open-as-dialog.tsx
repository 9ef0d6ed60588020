"use client";
import { useState } from "react";
import { Checkbox } from "~/ui/checkbox";
import { Field } from "~/ui/field";
import { Select } from "~/ui/select";
import { Textarea } from "~/ui/textarea";
import { DomainProblem, ReasonDialog } from "./reason-dialog";

type Props = {
  org: { id: string; name: string };
  member: { id: string; name: string };
  onClose: () => void;
};
const MINUTES = ["15", "30", "60", "120"];

/** Read-only unless asked for, with a reason of its own. Opens in this browser, in place of one's own session. */
export function OpenAsDialog({ org, member, onClose }: Props) {
  const [minutes, setMinutes] = useState("30");
  const [mayChange, setMayChange] = useState(false);
  const [why, setWhy] = useState("");
  const open = async (reason: string) => {
    const response = await fetch("/api/open-as", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        orgId: org.id,
        userId: member.id,
        minutes: Number(minutes),
        reason,
        changes: mayChange ? { reason: why } : null,
      }),
    });
    const answer = (await response.json()) as {
      to?: string;
      detail?: string;
      errors?: Record<string, string[]>;
    };
    if (!response.ok || !answer.to)
      throw new DomainProblem(answer.detail ?? "The server did not answer.", answer.errors);
    location.href = answer.to;
  };
  return (
    <ReasonDialog
      title={`Open ${org.name} as ${member.name}`}
      description="You see what they see. Money, ownership, deletion, members, keys, exports and webhooks stay closed. The organization’s audit log says that you were there, and why."
      confirmLabel="Open"
      tone="primary"
      onConfirm={open}
      onClose={onClose}
    >
      {(errors) => (
        <>
          <Field id="minutes" label="For">
            <Select
              value={minutes}
              onValueChange={setMinutes}
              options={MINUTES.map((value) => ({
                value,
                label: value === "120" ? "2 hours" : value === "60" ? "1 hour" : `${value} minutes`,
              }))}
            />
          </Field>
          <Checkbox
            label="Let me change things"
            description="Without it, nothing can be written: the database refuses."
            checked={mayChange}
            onCheckedChange={setMayChange}
          />
          {mayChange && (
            <Field
              id="why"
              label="Why it must be changed as them"
              error={errors["changes.reason"]?.[0]}
              required
            >
              <Textarea
                rows={2}
                maxLength={500}
                value={why}
                onChange={(event) => setWhy(event.target.value)}
              />
            </Field>
          )}
        </>
      )}
    </ReasonDialog>
  );
}
