"use client";
import { useId, useState } from "react";
import type { Scope } from "~/kernel/scopes";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { RadioGroup } from "~/ui/radio-group";
import { CreateKeyInput, type NewKey } from "../schema";
import { ScopeChoice } from "./scope-choice";

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "date", label: "Until a day" },
  { value: "never", label: "Never" },
] as const;
/** By what the summary of errors says which field it means, where its message alone does not. */
const LABELS: Record<string, string> = { name: "Name", expiresAt: "Last day" };
type Lifetime = (typeof LIFETIMES)[number]["value"];

function expiryOf(lifetime: Lifetime, day: string): Date | null | undefined {
  if (lifetime === "never") return null;
  if (lifetime === "date") return day ? new Date(`${day}T23:59:59.999Z`) : undefined;
  return new Date(Date.now() + Number(lifetime) * 86_400_000);
}

/** Asks what a key is for, and makes it; the page shows it. */
export function CreateKey({ disabled, onMade }: { disabled: boolean; onMade: (key: NewKey) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button variant="primary" shortcut="C" disabled={disabled}>
          Create key
        </Button>
      </DialogTrigger>
      <DialogContent
        size="large"
        title="Create an API key"
        description="A program with it acts for you: within these scopes, and within your role."
      >
        <Form
          onMade={(key) => {
            setOpen(false);
            onMade(key);
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

function Form({ onMade }: { onMade: (key: NewKey) => void }) {
  const id = useId();
  const fields = { name: `${id}-name`, scopes: `${id}-scopes`, expiresAt: `${id}-expires` };
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Scope[]>([]);
  const [lifetime, setLifetime] = useState<Lifetime>("90");
  const [day, setDay] = useState("");
  const [errors, setErrors] = useState<{ field?: string; label?: string; message: string }[]>([]);
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message;
  const show = (told: { path: string; message: string }[]) =>
    setErrors(
      told.map(({ path, message }) => ({
        field: fields[path as keyof typeof fields],
        label: LABELS[path],
        message,
      })),
    );

  const create = api.apiKeys.create.useMutation({
    onSuccess: onMade,
    onError: (error) => {
      const { fields: refused, message } = refusalOf(error);
      const told = Object.entries(refused).flatMap(([path, messages]) =>
        messages.map((words) => ({ path: path.split(".")[0]!, message: words })),
      );
      if (told.length > 0) show(told);
      else setErrors([{ message }]);
    },
  });

  function submit() {
    const parsed = CreateKeyInput.safeParse({ name, scopes, expiresAt: expiryOf(lifetime, day) });
    if (!parsed.success) {
      show(parsed.error.issues.map(({ path, message }) => ({ path: String(path[0]), message })));
      return;
    }
    setErrors([]);
    create.mutate(parsed.data);
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormErrors title="No key was made" errors={errors} />
      <Field
        id={fields.name}
        label="Name"
        help="What program will use it: the name is what everybody sees."
        error={errorOf(fields.name)}
        required
      >
        <Input
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="off"
          maxLength={80}
        />
      </Field>
      <section id={fields.scopes} tabIndex={-1} aria-labelledby={`${id}-may`} className="flex flex-col gap-2">
        <h3 id={`${id}-may`} className="text-sm font-medium text-ink">
          What it may do
        </h3>
        <ScopeChoice value={scopes} onChange={setScopes} />
        {errorOf(fields.scopes) && <p className="text-sm text-negative">{errorOf(fields.scopes)}</p>}
        <p className="text-sm text-ink-soft">
          Billing, keys, members&apos; roles and deletion are for people: no key reaches them.
        </p>
      </section>
      <Field id={`${id}-lifetime`} label="Expires">
        <RadioGroup options={LIFETIMES} value={lifetime} onValueChange={setLifetime} />
      </Field>
      {lifetime === "date" && (
        <Field
          id={fields.expiresAt}
          label="Last day"
          help="It works to the end of that day, UTC."
          error={errorOf(fields.expiresAt)}
          required
        >
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </Field>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending}>
          Create key
        </Button>
      </div>
    </form>
  );
}
