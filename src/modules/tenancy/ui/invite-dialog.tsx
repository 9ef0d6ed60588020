"use client";
import { useId, useState } from "react";
import { PLAN_PRICES, PLAN_WORDS } from "~/kernel/plans";
import { ROLE_WORDS } from "~/kernel/roles";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import type { OverlayProps } from "~/ui/late-overlay";
import { RadioGroup } from "~/ui/radio-group";
import { Textarea } from "~/ui/textarea";
import { toast } from "~/ui/toast";
import { type InvitableRole, InviteInput } from "../schema";

const ROLES = (["member", "admin", "readonly"] as const).map((value) => ({
  value,
  label: ROLE_WORDS[value].label,
  description: ROLE_WORDS[value].help,
}));

const addressesIn = (text: string): string[] => text.split(/[\s,;]+/).filter((word) => word !== "");

/** What `InviteButton` opens. */
export function InviteDialog({ trigger }: OverlayProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>{trigger}</DialogTrigger>
      <DialogContent
        title="Invite people"
        description="Each gets a mail with a link that is good for 7 days."
      >
        <InviteForm onDone={() => setOpen(false)} />
      </DialogContent>
    </Dialog>
  );
}

/** How many people the plan has room for, and the next one; nothing where it has no limit. */
function RoomForMembers() {
  const { data } = api.entitlements.current.useQuery();
  if (!data || data.limits.members < 0) return null;
  const people = (count: number) =>
    count < 0 ? "any number of members" : count === 1 ? "1 member" : `${count} members`;
  return (
    <p className="text-base text-ink-soft">
      {PLAN_WORDS[data.plan].label} has room for {people(data.limits.members)}
      {data.next && (
        <>
          , {PLAN_WORDS[data.next.plan].label} for {people(data.next.limits.members)}
          {PLAN_PRICES[data.next.plan] && ` at $${Number(PLAN_PRICES[data.next.plan])} a month`}
        </>
      )}
      .
    </p>
  );
}

function InviteForm({ onDone }: { onDone: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [role, setRole] = useState<InvitableRole>("member");
  const [errors, setErrors] = useState<{ field?: string; message: string }[]>([]);
  const lists = api.useUtils().tenancy;
  const fields = { emails: `${id}-emails`, role: `${id}-role` };

  const invite = api.tenancy.invite.useMutation({
    onSuccess: ({ invitations }) => {
      void lists.invitations.invalidate();
      void lists.setup.invalidate();
      const unsent = invitations.filter(({ isMailed }) => !isMailed);
      if (unsent.length === 0) {
        toast.success(
          invitations.length === 1 ? "Invitation sent." : `${invitations.length} invitations sent.`,
        );
      } else {
        toast.error(`${unsent.length} of ${invitations.length} mails could not be sent.`, {
          description: "The invitations are kept. Send them again from the list of invitations.",
        });
      }
      onDone();
    },
    onError: (error) => {
      const refusal = refusalOf(error);
      const told = Object.entries(refusal.fields).flatMap(([path, messages]) =>
        messages.map((message) => ({
          field: path.startsWith("emails") ? fields.emails : fields.role,
          message,
        })),
      );
      setErrors(told.length > 0 ? told : [{ message: refusal.message }]);
    },
  });

  function submit() {
    const emails = addressesIn(text);
    const parsed = InviteInput.safeParse({ emails, role });
    if (!parsed.success) {
      setErrors(
        parsed.error.issues.map(({ path, message }) => ({
          field: fields.emails,
          message: typeof path[1] === "number" ? `${emails[path[1]]}: ${message}` : message,
        })),
      );
      return;
    }
    setErrors([]);
    invite.mutate(parsed.data);
  }

  const addressErrors = errors.filter(({ field }) => field === fields.emails);
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormErrors title="Nobody was invited" errors={errors} />
      <RoomForMembers />
      <Field
        id={fields.emails}
        label="Mail addresses"
        help="Several at once: one a line, or with commas between them."
        error={addressErrors.length > 0 && "Some addresses need another look."}
        required
      >
        <Textarea
          rows={3}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
        />
      </Field>
      <Field id={fields.role} label="Role">
        <RadioGroup look="cards" options={ROLES} value={role} onValueChange={setRole} />
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={invite.isPending}>
          Send invitations
        </Button>
      </div>
    </form>
  );
}
