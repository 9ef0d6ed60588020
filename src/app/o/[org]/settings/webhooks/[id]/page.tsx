import type { Metadata } from "next";
import { WebhookPage } from "~/modules/webhooks/ui";
import { serverApi } from "~/trpc/server";
import { found } from "../../../found";

type Props = { params: Promise<{ org: string; id: string }> };

export const metadata: Metadata = { title: "Webhook" };

export default async function Webhook({ params }: Props) {
  const { org, id } = await params;
  const endpoint = await found(serverApi(org).webhooks.endpoint({ id }));
  return <WebhookPage key={id} id={id} initial={endpoint} />;
}
