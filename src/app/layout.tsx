import "./globals.css";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { EARLY_TYPING_SCRIPT } from "~/ui/early-typing-script";
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
        {/* Browsers hide the nonce from scripts, and so from React. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          dangerouslySetInnerHTML={{ __html: EARLY_TYPING_SCRIPT }}
        />
        <ThemeProvider nonce={nonce}>
          <RouteProgress />
          <NuqsAdapter>{children}</NuqsAdapter>
          <Toaster />
        </ThemeProvider>
      </body>
    </html>
  );
}
