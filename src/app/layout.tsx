import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { fontVariables } from "~/ui/fonts";
import { RouteProgress } from "~/ui/route-progress";
import { ThemeProvider } from "~/ui/theme-provider";
import { Toaster } from "~/ui/toast";

export const metadata: Metadata = {
  title: { default: "Tenantry", template: "%s · Tenantry" },
  description: "Customers, jobs and teams in one place, each organization for itself.",
  icons: { icon: "/favicon.svg" },
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Made for this request alone by proxy.ts; it is also what makes every page render per request.
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <body className="font-sans">
        <ThemeProvider nonce={nonce}>
          <RouteProgress />
          <NuqsAdapter>{children}</NuqsAdapter>
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
