"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { ROLE_WORDS } from "~/kernel/roles";
import { api } from "~/trpc/client";
import { AuthCard } from "~/ui/auth-card";
import { Button } from "~/ui/button";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { PageLink } from "~/ui/page-link";
import { slugOf } from "../rules";
import { CreateOrganizationInput, type MyOrganization, OrgSlug } from "../schema";
import { showRefusal } from "./form-refusal";
import { OrgMark } from "./org-mark";

const TYPING_PAUSE_MS = 300;

/** Creates an organization: the first one, or another. */
export function WelcomePage({
  organizations,
  email,
  addressPrefix,
  signOut,
}: {
  organizations: MyOrganization[];
  email: string;
  /** What stands before the slug, e.g. `tenantry.example/o/`. */
  addressPrefix: string;
  /** The way out, of whoever keeps sessions: this may be the wrong address. */
  signOut: ReactNode;
}) {
  const isFirst = organizations.length === 0;
  return (
    <AuthCard
      title={isFirst ? "Create your organization" : "Create another organization"}
      description={
        isFirst
          ? "It holds your customers, files and colleagues. Everything in it can be changed later."
          : "It starts empty, with you as its owner. Your other organizations stay as they are."
      }
      footer={
        <div className="flex flex-col items-center gap-2">
          <p>
            Signed in as {email}.
            {isFirst && " Were you invited? Open the link in the invitation’s mail instead."}
          </p>
          {signOut}
        </div>
      }
    >
      <CreateOrganizationForm addressPrefix={addressPrefix} />
      {!isFirst && (
        <nav aria-label="Your organizations" className="mt-6 border-t border-line pt-4">
          <h2 className="mb-1 text-sm font-medium text-ink-soft">Or open one of yours</h2>
          <ul>
            {organizations.map((org) => (
              <li key={org.id}>
                <PageLink
                  href={`/o/${org.slug}`}
                  className="-mx-2 flex min-h-10 items-center gap-2.5 rounded-md px-2 transition-colors hover:bg-ink/5 pointer-coarse:min-h-control"
                >
                  <OrgMark org={org} />
                  <span className="min-w-0 grow truncate font-medium text-ink">{org.name}</span>
                  <span className="text-sm text-ink-soft">{ROLE_WORDS[org.role].label}</span>
                </PageLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </AuthCard>
  );
}

function CreateOrganizationForm({ addressPrefix }: { addressPrefix: string }) {
  const router = useRouter();
  const form = useForm({
    resolver: zodResolver(CreateOrganizationInput),
    defaultValues: { name: "", slug: "" },
    mode: "onTouched",
  });
  const { errors, dirtyFields } = form.formState;
  const slug = useWatch({ control: form.control, name: "slug" });
  const availability = useSlugAnswer(slug);
  const [refused, setRefused] = useState<string | null>(null);
  const create = api.tenancy.create.useMutation({
    onSuccess: (org) => router.push(`/o/${org.slug}`),
    onError: (error) => setRefused(showRefusal(form, error, ["name", "slug"])),
  });
  const suggestion = availability?.suggestion;
  const slugError =
    errors.slug?.message ?? (availability?.isFree === false ? availability.reason : undefined);
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={form.handleSubmit((values) => {
        setRefused(null);
        create.mutate(values);
      })}
    >
      <FormErrors title="The organization was not created" errors={refused ? [{ message: refused }] : []} />
      <Field id="name" label="Name" error={errors.name?.message} required>
        <Input
          autoComplete="organization"
          autoFocus
          {...form.register("name", {
            onChange: (event: { target: { value: string } }) => {
              if (dirtyFields.slug) return;
              const name = event.target.value;
              form.setValue("slug", name.trim() === "" ? "" : slugOf(name), {
                shouldValidate: Boolean(errors.slug),
              });
            },
          })}
        />
      </Field>
      <Field
        id="slug"
        label="Address"
        required
        error={slugError}
        help={
          <>
            <span className="font-mono break-all">
              {addressPrefix}
              {slug || "your-name"}
            </span>
            {availability?.isFree && (
              <span className="ms-2 inline-flex items-center gap-1 text-positive">
                <CircleCheck aria-hidden className="size-3.5" />
                free
              </span>
            )}
          </>
        }
      >
        <Input autoCapitalize="none" autoComplete="off" spellCheck={false} {...form.register("slug")} />
      </Field>
      {suggestion && !errors.slug && (
        <Button
          size="small"
          className="self-start"
          onClick={() => form.setValue("slug", suggestion, { shouldDirty: true, shouldValidate: true })}
        >
          Use {suggestion}
        </Button>
      )}
      <Button type="submit" variant="primary" loading={create.isPending || create.isSuccess}>
        Create organization
      </Button>
    </form>
  );
}

/** Whether the slug that was typed is free, asked once typing pauses; undefined while unknown or not valid. */
function useSlugAnswer(slug: string) {
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(slug), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [slug]);
  const { data } = api.tenancy.askSlug.useQuery(
    { slug: asked },
    { enabled: OrgSlug.safeParse(asked).success, staleTime: 10_000 },
  );
  return data?.slug === slug ? data : undefined;
}
