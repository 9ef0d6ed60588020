import type { Metadata } from "next";
import { CertificatePage } from "~/modules/gdpr/ui";
import { serverApi } from "~/trpc/server";

// The address is a secret: it goes to no other site and into no index.
export const metadata: Metadata = {
  title: "Certificate of deletion",
  referrer: "no-referrer",
  robots: { index: false },
};

export default async function CertificateRoute({ params }: { params: Promise<{ token: string }> }) {
  const token = (await params).token.slice(0, 100);
  return <CertificatePage view={await serverApi().gdpr.certificate({ token })} />;
}
