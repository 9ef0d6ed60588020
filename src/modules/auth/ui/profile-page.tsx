"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { CircleCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { Field } from "~/ui/field";
import { FormErrors } from "~/ui/form-errors";
import { Input } from "~/ui/input";
import { PageHeader } from "~/ui/page-header";
import { toast } from "~/ui/toast";
import { CONNECT_RETURN } from "../rules";
import { UpdateProfileInput, type Me } from "../schema";
import { GoogleButton } from "./google-button";
import { PasskeysCard } from "./passkeys-card";

/** `isBackFromGoogle`: the address says that "Connect Google" was pressed before. */
export function ProfilePage({
  isGoogleOffered,
  isBackFromGoogle,
}: {
  isGoogleOffered: boolean;
  isBackFromGoogle: boolean;
}) {
  const [me] = api.auth.me.useSuspenseQuery();
  return (
    <>
      <PageHeader title="Profile" description="How colleagues see you, and the ways you sign in." />
      <div className="flex max-w-2xl flex-col gap-6">
        {isBackFromGoogle && me.isGoogleConnected && (
          <Banner tone="positive" title="Google is connected">
            From now on you can sign in with it too.
          </Banner>
        )}
        <NameCard me={me} />
        <WaysCard me={me} isGoogleOffered={isGoogleOffered} />
        <PasskeysCard />
      </div>
    </>
  );
}

function NameCard({ me }: { me: Me }) {
  const router = useRouter();
  const queries = api.useUtils();
  const form = useForm({ resolver: zodResolver(UpdateProfileInput), values: { name: me.name ?? "" } });
  const { errors, isDirty } = form.formState;
  const [refused, setRefused] = useState<string | null>(null);
  const save = api.auth.updateProfile.useMutation({
    onSuccess: async (_done, { name }) => {
      form.reset({ name });
      toast.success("Name saved");
      await queries.auth.me.invalidate();
      router.refresh();
    },
    onError: (error) => {
      const { fields, message } = refusalOf(error);
      if (fields.name?.length) form.setError("name", { message: fields.name.join(" ") });
      else setRefused(message);
    },
  });
  useLeaveGuard(isDirty);
  return (
    <Card>
      <form
        noValidate
        onSubmit={form.handleSubmit((values) => {
          setRefused(null);
          save.mutate(values);
        })}
      >
        <CardHeader title="Name" description="Shown to the members of your organizations." />
        <CardBody className="flex flex-col gap-4">
          <FormErrors title="The name was not saved" errors={refused ? [{ message: refused }] : []} />
          <Field id="name" label="Name" error={errors.name?.message} required>
            <Input autoComplete="name" {...form.register("name")} defaultValue={me.name ?? ""} />
          </Field>
        </CardBody>
        <CardFooter hint={isDirty ? "Not saved yet" : undefined}>
          <Button type="submit" variant="primary" loading={save.isPending} disabled={!isDirty}>
            Save name
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

function WaysCard({ me, isGoogleOffered }: { me: Me; isGoogleOffered: boolean }) {
  const connected = (
    <Badge tone="positive" icon={<CircleCheck aria-hidden />}>
      Connected
    </Badge>
  );
  return (
    <Card>
      <CardHeader title="Ways to sign in" description="Any of these leads to the same account." />
      <ul className="divide-y divide-line">
        <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
          <div className="min-w-0">
            <p className="text-base text-ink">Link by mail</p>
            <p className="text-sm wrap-anywhere text-ink-soft">{me.email}</p>
          </div>
          {connected}
        </li>
        {(isGoogleOffered || me.isGoogleConnected) && (
          <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-0">
              <p className="text-base text-ink">Google</p>
              <p className="text-sm text-ink-soft">Needs an address that Google has verified.</p>
            </div>
            {me.isGoogleConnected ? (
              <span className="flex items-center gap-3">
                {connected}
                <DisconnectGoogle email={me.email} />
              </span>
            ) : (
              <GoogleButton next={CONNECT_RETURN} label="Connect Google" size="medium" />
            )}
          </li>
        )}
      </ul>
    </Card>
  );
}

function DisconnectGoogle({ email }: { email: string }) {
  const queries = api.useUtils();
  const disconnect = api.auth.disconnectGoogle.useMutation({
    onSuccess: async () => {
      toast.success("Google is disconnected");
      await queries.auth.me.invalidate();
    },
  });
  return (
    <ConfirmDialog
      trigger={<Button>Disconnect</Button>}
      title="Disconnect Google"
      description={`Google no longer signs you in. A link mailed to ${email} still does, and you stay signed in here.`}
      confirmLabel="Disconnect"
      onConfirm={() => disconnect.mutateAsync()}
      error={disconnect.error && refusalOf(disconnect.error).message}
    />
  );
}

/** Asks before a page with unsaved changes is closed or reloaded. */
function useLeaveGuard(isDirty: boolean) {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);
}
