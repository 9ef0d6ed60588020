import type { Metadata } from "next";
import { UndoPage } from "~/modules/gdpr/ui";
import { ApiProvider } from "~/trpc/client";
import { serverApi } from "~/trpc/server";

// The address is a secret: it goes to no other site and into no index.
export const metadata: Metadata = {
  title: "Keep or delete",
  referrer: "no-referrer",
  robots: { index: false },
};

export default async function Undo({ params }: { params: Promise<{ token: string }> }) {
  const token = (await params).token.slice(0, 100);
  const preview = await serverApi().gdpr.undo({ token });
  return (
    <ApiProvider>
      <UndoPage token={token} preview={preview} />
    </ApiProvider>
  );
}
