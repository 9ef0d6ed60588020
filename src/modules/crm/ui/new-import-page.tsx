"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Card, CardBody } from "~/ui/card";
import { Field } from "~/ui/field";
import { FileDrop } from "~/ui/file-drop";
import { PageHeader } from "~/ui/page-header";
import { RadioGroup } from "~/ui/radio-group";
import { MAX_IMPORT_BYTES, type ImportItem } from "../schema";
import { ImportSteps } from "./import-steps";
import { useUnsavedGuard } from "./unsaved-guard";
import { upload } from "./upload";

type Entity = ImportItem["entity"];
type Progress = { name: string; value: number | null; text: string };

export function NewImportPage({ entity: asked = "company" }: { entity?: Entity }) {
  const mayImport = useMay("import.create");
  const [entity, setEntity] = useState<Entity>(asked);
  const { progress, error, take } = useTakeFile(entity);
  return (
    <>
      <PageHeader
        title="Import a file"
        description="A list with one company or contact per line. Nothing is stored before you have seen it."
      >
        <ImportSteps current={0} />
      </PageHeader>
      {mayImport ? (
        <Card className="max-w-2xl">
          <CardBody className="flex flex-col gap-6">
            <Field label="What does the file hold?" disabled={progress !== undefined}>
              <RadioGroup
                look="cards"
                className="sm:grid sm:grid-cols-2"
                value={entity}
                onValueChange={setEntity}
                options={[
                  {
                    value: "company",
                    label: "Companies",
                    description: "Name, domain, industry, employees, phone, city, country, notes",
                  },
                  {
                    value: "contact",
                    label: "Contacts",
                    description: "Name, mail address, phone, job title, company, notes",
                  },
                ]}
              />
            </Field>
            <FileDrop
              label="Drop a file here, or choose one"
              hint="CSV or text with commas, semicolons, tabs or pipes. Any encoding, up to 200 MB."
              accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
              onFiles={([file]) => file && void take(file)}
              progress={progress}
              error={error}
            />
          </CardBody>
        </Card>
      ) : (
        <Banner tone="info" title="Your role is read-only here">
          You can look at imports. Ask an admin of this organization if you need to begin one.
        </Banner>
      )}
    </>
  );
}

/** Uploads the file, has it looked at, and goes on to the page where its columns are named. */
function useTakeFile(entity: Entity) {
  const router = useRouter();
  const { slug } = useTenancy().currentOrganization;
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<string>();
  const leaving = useRef<AbortController>(undefined);
  const create = api.crm.imports.create.useMutation();
  const inspect = api.crm.imports.inspect.useMutation();
  const discard = api.crm.imports.discard.useMutation();
  const cache = api.useUtils().crm.imports;
  useUnsavedGuard(progress !== undefined);
  useEffect(() => () => leaving.current?.abort(), []);

  async function take(file: File): Promise<void> {
    setError(undefined);
    if (file.size === 0) return setError("The file is empty. Choose one with rows in it.");
    if (file.size > MAX_IMPORT_BYTES) {
      return setError("The file is larger than 200 MB. Split it into smaller files.");
    }
    const { name } = file;
    leaving.current = new AbortController();
    let id: string | undefined;
    setProgress({ name, value: 0, text: "0 %" });
    try {
      const ticket = await create.mutateAsync({ entity, fileName: name, sizeBytes: file.size });
      id = ticket.id;
      await upload(
        file,
        ticket,
        (value) => setProgress({ name, value, text: `${Math.floor(value * 100)} %` }),
        leaving.current.signal,
      ).catch(() => {
        throw new UploadFailed();
      });
      setProgress({ name, value: null, text: "Looking at it" });
      const found = await inspect.mutateAsync({ id });
      cache.get.setData({ id }, found);
      void cache.list.invalidate();
      setProgress(undefined);
      router.push(`/o/${slug}/imports/${id}`);
    } catch (failure) {
      setProgress(undefined);
      setError(
        failure instanceof UploadFailed
          ? "The file did not arrive. Nothing was imported; check the connection and choose it again."
          : refusalOf(failure).message,
      );
      // What was refused is not kept; if this fails too, it goes by itself after some days.
      if (id) discard.mutate({ id });
    }
  }
  return { progress, error, take };
}

class UploadFailed extends Error {}
