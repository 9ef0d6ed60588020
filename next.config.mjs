/** Headers of every answer; the content security policy has a nonce and is set per request in src/proxy.ts. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  // Browsers heed it over https only.
  { key: "Strict-Transport-Security", value: "max-age=63072000; includeSubDomains" },
];

/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run test:types`, several times faster than the build's own pass.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pino", "prom-client", "sharp"],
  outputFileTracingExcludes: { "*": ["./.tenantry/**", "./.env*"] },
  // `forbidden()` answers 403 with the nearest forbidden.tsx.
  experimental: { authInterrupts: true },
  // Addresses that others know us by (spec §8); where they lead, the last used organization is looked up.
  rewrites: async () => [
    { source: "/webhooks/stripe", destination: "/api/webhooks/stripe" },
    { source: "/subscriptions/checkout", destination: "/api/subscriptions/checkout" },
    { source: "/subscriptions/cancel", destination: "/api/subscriptions/cancel" },
    { source: "/invoices", destination: "/api/invoices" },
  ],
  headers: async () => [{ source: "/:path*", headers: SECURITY_HEADERS }],
};
export default config;
