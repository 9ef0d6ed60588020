"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Avatar } from "~/ui/avatar";
import { Button } from "~/ui/button";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { FileDrop } from "~/ui/file-drop";
import { toast } from "~/ui/toast";
import { LOGO_CONTENT_TYPES, type OrganizationDetail, StartLogoInput } from "../schema";

/** The logo beside the name. It goes straight to the object store, and is re-encoded before anybody sees it. */
export function LogoCard({
  organization,
  isLocked,
}: {
  organization: OrganizationDetail;
  isLocked: boolean;
}) {
  const { upload, uploading, error } = useLogoUpload();
  const changed = useLogoChanged();
  const remove = api.tenancy.removeLogo.useMutation({
    onSuccess: () => {
      changed();
      toast.success("Logo removed.");
    },
    onError: (refused) => toast.error(refusalOf(refused).message),
  });
  return (
    <Card aria-label="Logo">
      <CardHeader
        title="Logo"
        description="Stands beside the name, for everybody here."
        actions={
          organization.logoUrl &&
          !isLocked && (
            <Button size="small" loading={remove.isPending} onClick={() => remove.mutate()}>
              Remove logo
            </Button>
          )
        }
      />
      <CardBody className="flex flex-wrap items-start gap-4">
        <Avatar
          name={organization.name}
          seed={organization.id}
          src={organization.logoUrl ?? undefined}
          shape="thing"
          size="large"
        />
        {!isLocked && (
          <FileDrop
            className="min-w-0 grow basis-60"
            label="Drop an image here, or choose one"
            hint="PNG, JPEG or WebP, at most 2 MB. It is fitted into a square."
            accept={LOGO_CONTENT_TYPES.join(",")}
            onFiles={([file]) => file && void upload(file)}
            progress={uploading ? { name: uploading, value: null, text: "Uploading" } : undefined}
            error={error}
          />
        )}
      </CardBody>
    </Card>
  );
}

function useLogoChanged() {
  const router = useRouter();
  const lists = api.useUtils().tenancy;
  return () => {
    void lists.current.invalidate();
    void lists.setup.invalidate();
    router.refresh();
  };
}

function useLogoUpload() {
  const [uploading, setUploading] = useState<string | null>(null);
  const [error, setError] = useState<string>();
  const changed = useLogoChanged();
  const start = api.tenancy.startLogoUpload.useMutation();
  const finish = api.tenancy.finishLogoUpload.useMutation();

  async function upload(file: File): Promise<void> {
    const input = StartLogoInput.safeParse({ contentType: file.type, sizeBytes: file.size });
    if (!input.success) return setError(input.error.issues[0]!.message);
    setError(undefined);
    setUploading(file.name);
    try {
      const { uploadId, url, headers } = await start.mutateAsync(input.data);
      const answer = await fetch(url, { method: "PUT", headers, body: file });
      if (!answer.ok) throw new Error(`the object store answered ${answer.status}`);
      await finish.mutateAsync({ uploadId });
      changed();
      toast.success("Logo changed.");
    } catch (failure) {
      const refusal = refusalOf(failure);
      setError(
        refusal.code === "client.unreachable"
          ? "The file could not be uploaded. Check the connection and try again."
          : (refusal.fields.contentType?.[0] ?? refusal.fields.sizeBytes?.[0] ?? refusal.message),
      );
    } finally {
      setUploading(null);
    }
  }
  return { upload, uploading, error };
}
