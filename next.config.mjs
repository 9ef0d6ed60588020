/** @type {import("next").NextConfig} */
const config = {
  output: "standalone",
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run test:types`, several times faster than the build's own pass.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pino", "prom-client", "sharp"],
  outputFileTracingExcludes: { "*": ["./.tenantry/**", "./.env*"] },
};
export default config;
