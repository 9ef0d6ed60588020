"use client";
import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMay } from "~/modules/tenancy/ui";
import { api, refusalOf } from "~/trpc/client";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Card, CardHeader } from "~/ui/card";
import { toast } from "~/ui/toast";

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

/** What was made up: offered where there is nothing yet, named as long as it is there. */
export function SampleData() {
  const [state] = api.crm.samples.state.useSuspenseQuery();
  const mayWrite = useMay("crm.write");
  const router = useRouter();
  const utils = api.useUtils();
  const shown = async () => {
    await utils.crm.invalidate();
    // Counts that the server drew.
    router.refresh();
  };
  const refuse = (error: unknown) => toast.error(refusalOf(error).message);
  const add = api.crm.samples.add.useMutation({
    onSuccess: async (added) => {
      await shown();
      toast.success("Sample data is here", {
        description: `${counted(added.companies, "company", "companies")} and ${counted(added.contacts, "contact", "contacts")}, all made up.`,
      });
    },
    onError: refuse,
  });
  const remove = api.crm.samples.remove.useMutation({
    onSuccess: async (removed) => {
      await shown();
      toast.success("Sample data is gone", {
        description:
          removed.kept > 0
            ? `${counted(removed.kept, "record", "records")} that you changed or built on stayed.`
            : "Your own records are as they were.",
      });
    },
    onError: refuse,
  });

  if (state.mayAdd && mayWrite) {
    return (
      <Card aria-label="Sample data">
        <CardHeader
          title="Look around first"
          description="Twelve made-up companies and their people. They go again in one click; what is yours stays."
          actions={
            <Button icon={<FlaskConical aria-hidden />} loading={add.isPending} onClick={() => add.mutate()}>
              Add sample data
            </Button>
          }
        />
      </Card>
    );
  }
  if (state.companies + state.contacts === 0) return null;
  return (
    <Banner
      tone="info"
      title="Some of this is made up."
      actions={
        mayWrite && (
          <Button size="small" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove sample data
          </Button>
        )
      }
    >
      {counted(state.companies, "company", "companies")} and {counted(state.contacts, "contact", "contacts")}{" "}
      are samples. What you changed of them stays.
    </Banner>
  );
}
