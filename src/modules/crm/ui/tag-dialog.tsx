"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { api } from "~/trpc/client";
import { Button } from "~/ui/button";
import { Dialog, DialogContent } from "~/ui/dialog";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { Select } from "~/ui/select";
import { TagDot } from "~/ui/tag";
import { TAG_TONES, VALUES } from "../rules";
import { TagTone, type Tag } from "../schema";
import { showRefusal } from "./form-refusal";

const TONE_WORDS: Record<Tag["tone"], string> = {
  neutral: "Grey",
  "dye-1": "Teal",
  "dye-2": "Blue",
  "dye-3": "Ochre",
  "dye-4": "Rose",
  "dye-5": "Violet",
};
const Shape = z.object({ name: VALUES.tag, tone: TagTone });

/** Makes a tag, or renames and recolours `tag`. `onSaved` gets the new one. */
export function TagDialog({
  tag,
  onClose,
  onSaved,
}: {
  tag?: Tag;
  onClose: () => void;
  onSaved?: (made: Tag | null) => void;
}) {
  const form = useForm({
    resolver: zodResolver(Shape),
    defaultValues: { name: tag?.name ?? "", tone: tag?.tone ?? TAG_TONES[1] },
  });
  const cache = api.useUtils().crm;
  const settled = {
    onError: (error: unknown) => {
      const { message } = showRefusal(form, error, ["name"]);
      if (message) form.setError("name", { type: "server", message });
    },
  };
  const done = (made: Tag | null) => {
    void cache.tags.invalidate();
    void cache.companies.invalidate();
    void cache.contacts.invalidate();
    onSaved?.(made);
    onClose();
  };
  const create = api.crm.tags.create.useMutation({ ...settled, onSuccess: done });
  const update = api.crm.tags.update.useMutation({ ...settled, onSuccess: () => done(null) });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        size="small"
        title={tag ? "Change tag" : "New tag"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form="tag-form"
              variant="primary"
              loading={create.isPending || update.isPending}
            >
              {tag ? "Save tag" : "Add tag"}
            </Button>
          </>
        }
      >
        <form
          id="tag-form"
          noValidate
          method="post"
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            // A dialog in a form's page must not send that form as well.
            event.stopPropagation();
            void form.handleSubmit((values) => {
              if (tag) update.mutate({ ...values, id: tag.id });
              else create.mutate(values);
            })(event);
          }}
        >
          <Field id="tag-name" label="Name" error={errors.name?.message} required>
            <Input autoComplete="off" {...form.register("name")} />
          </Field>
          <Field id="tag-tone" label="Colour">
            <Controller
              name="tone"
              control={form.control}
              render={({ field }) => (
                <Select
                  value={field.value}
                  onValueChange={field.onChange}
                  options={TAG_TONES.map((tone) => ({
                    value: tone,
                    label: TONE_WORDS[tone],
                    icon: <TagDot tone={tone} />,
                  }))}
                />
              )}
            />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
