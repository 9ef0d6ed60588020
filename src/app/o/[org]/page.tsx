import { SetupChecklist } from "~/modules/tenancy/ui";
import { Hydrate, pageOrg, prefetchApi } from "~/trpc/server";
import { PageHeader } from "~/ui/page-header";

export default async function Home({ params }: { params: Promise<{ org: string }> }) {
  const { org: slug } = await params;
  const [org] = await Promise.all([pageOrg(slug), prefetchApi(slug).trpc.tenancy.setup.prefetch()]);
  return (
    <Hydrate orgSlug={slug}>
      <PageHeader title={org!.name} description="What is here, what runs, and what comes next." />
      <div className="flex flex-col gap-6">
        <SetupChecklist />
      </div>
    </Hydrate>
  );
}
