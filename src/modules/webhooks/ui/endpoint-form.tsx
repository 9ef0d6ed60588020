"use client";
import { useId, useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/checkbox";
import { DialogClose } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { RadioGroup } from "~/ui/radio-group";
import { EndpointInput, EVENT_GROUPS, type Endpoint } from "../schema";
import { eventWords } from "./words";

const CHOICES = [
  { value: "all", label: "All events", description: "Those of tomorrow too." },
  { value: "some", label: "Only some", description: "Chosen from the list below." },
];

type Props = {
  /** The one that is changed; none for a new one. */
  endpoint?: Endpoint;
  onDone: (endpoint: Endpoint) => void;
};

/** Where to, and what about. */
export function EndpointForm({ endpoint, onDone }: Props) {
  const id = useId();
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [takesAll, setTakesAll] = useState(endpoint?.allEvents ?? true);
  const [types, setTypes] = useState<readonly string[]>(endpoint?.eventTypes ?? []);
  const [errors, setErrors] = useState<{ field?: string; message: string }[]>([]);
  const utils = api.useUtils().webhooks;
  const ids = { url: `${id}-url`, description: `${id}-description`, eventTypes: `${id}-events` };

  const onError = (error: unknown) => {
    const { fields, message } = refusalOf(error);
    const told = Object.entries(fields).flatMap(([name, messages]) =>
      messages.map((one) => ({ field: ids[name as keyof typeof ids], message: one })),
    );
    setErrors(told.length > 0 ? told : [{ message }]);
  };
  const settled = () => utils.invalidate();
  const create = api.webhooks.create.useMutation({
    onSettled: settled,
    onSuccess: ({ endpoint: made }) => onDone(made),
    onError,
  });
  const update = api.webhooks.update.useMutation({ onSettled: settled, onSuccess: onDone, onError });

  function submit() {
    const parsed = EndpointInput.safeParse({ url, description, allEvents: takesAll, eventTypes: types });
    if (!parsed.success) {
      setErrors(
        parsed.error.issues.map(({ path, message }) => ({
          field: ids[path[0] as keyof typeof ids],
          message,
        })),
      );
      return;
    }
    setErrors([]);
    if (endpoint) update.mutate({ id: endpoint.id, ...parsed.data });
    else create.mutate(parsed.data);
  }

  const errorOf = (field: string) => errors.find((one) => one.field === field)?.message;
  return (
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormErrors title={endpoint ? "Nothing was changed" : "No webhook was added"} errors={errors} />
      <Field id={ids.url} label="Address" help="Begins with https://" error={errorOf(ids.url)} required>
        <Input
          type="url"
          inputMode="url"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://example.com/hooks"
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <Field
        id={ids.description}
        label="Name"
        help="What it is for, in your words."
        error={errorOf(ids.description)}
        optionalText="Optional"
      >
        <Input value={description} onChange={(event) => setDescription(event.target.value)} maxLength={200} />
      </Field>
      <Field id={ids.eventTypes} label="Events" error={errorOf(ids.eventTypes)}>
        <RadioGroup
          look="cards"
          options={CHOICES}
          value={takesAll ? "all" : "some"}
          onValueChange={(value) => setTakesAll(value === "all")}
        />
      </Field>
      {!takesAll && <EventPicker chosen={types} onChange={setTypes} />}
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" loading={create.isPending || update.isPending}>
          {endpoint ? "Save" : "Add webhook"}
        </Button>
      </div>
    </form>
  );
}

/** Kinds of event by what they are about; a group's own box takes all of it. */
function EventPicker({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (types: string[]) => void;
}) {
  const without = (types: readonly string[]) => chosen.filter((one) => !types.includes(one));
  return (
    <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
      {EVENT_GROUPS.map(({ label, types }) => {
        const taken = types.filter((type) => chosen.includes(type)).length;
        return (
          <fieldset key={label} className="flex min-w-0 flex-col gap-2">
            <legend className="sr-only">{label}</legend>
            <Checkbox
              label={<span className="font-medium">{label}</span>}
              checked={taken === 0 ? false : taken === types.length || "indeterminate"}
              onCheckedChange={(isOn) => onChange(isOn ? [...without(types), ...types] : without(types))}
            />
            <div className="flex flex-col gap-2 ps-6">
              {types.map((type) => (
                <Checkbox
                  key={type}
                  label={eventWords(type)}
                  checked={chosen.includes(type)}
                  onCheckedChange={(isOn) => onChange(isOn ? [...chosen, type] : without([type]))}
                />
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}
