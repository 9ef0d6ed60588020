"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { Mail } from "lucide-react";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Email } from "~/kernel/text";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { Input } from "~/ui/input";
import { rememberAsked } from "./asked-address";
import { LinkRefusalBanner, useLinkRequest } from "./link-request";

const Form = z.object({ email: Email });

/** Asks for a link by mail. */
export function LoginForm({ next }: { next: string }) {
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(Form), defaultValues: { email: "" } });
  const { request, refusal, isLimited } = useLinkRequest(() => router.push("/login/check-mail"));
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit(({ email }) => {
        rememberAsked({ email, next });
        request.mutate({ email, next });
      })}
    >
      <LinkRefusalBanner refusal={refusal} isLimited={isLimited} />
      <Field id="email" label="Mail address" error={form.formState.errors.email?.message} required>
        <Input
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          leading={<Mail aria-hidden />}
          {...form.register("email")}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="large"
        loading={request.isPending || request.isSuccess}
        disabled={isLimited}
      >
        Send sign-in link
      </Button>
    </form>
  );
}
