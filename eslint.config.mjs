import next from "eslint-config-next/core-web-vitals";
import nextTs from "eslint-config-next/typescript";
import prettier from "eslint-config-prettier";

/** `process.env` has one reader, so that every variable is validated and documented in one place. */
const envHasOneReader = {
  files: ["src/**/*.{ts,tsx}"],
  ignores: ["src/server/config/**", "src/testing/**", "src/instrumentation*.ts", "**/*.test.{ts,tsx}"],
  rules: {
    "no-restricted-properties": [
      "error",
      {
        object: "process",
        property: "env",
        message: "Read settings through ~/server/config: it validates and documents them.",
      },
    ],
  },
};

/** Unsafe raw SQL could call set_config itself and leave its tenant: tenant code uses tagged templates. */
const noUnsafeSql = {
  files: ["src/**/*.{ts,tsx}"],
  ignores: ["src/server/db/**", "src/testing/**", "**/*.test.ts"],
  rules: {
    "no-restricted-syntax": [
      "error",
      {
        selector: "MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]",
        message: "Use $queryRaw`…` / $executeRaw`…`: unsafe SQL can leave its tenant.",
      },
    ],
  },
};

/** Next's own link renders on the server every page that is in sight: forty of them for one list. */
const linksFetchWhenPointedAt = {
  files: ["src/**/*.{ts,tsx}"],
  ignores: ["src/ui/page-link.tsx"],
  rules: {
    "no-restricted-imports": [
      "error",
      { paths: [{ name: "next/link", message: "Use PageLink of ~/ui/page-link (ADR 0028)." }] },
    ],
  },
};

const config = [
  {
    ignores: [
      ".next/**",
      "node_modules/**",
      ".tenantry/**",
      "coverage/**",
      "src/server/db/generated/**",
      "next-env.d.ts",
    ],
  },
  ...next,
  ...nextTs,
  {
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-explicit-any": "error",
    },
  },
  envHasOneReader,
  noUnsafeSql,
  linksFetchWhenPointedAt,
  prettier,
];
export default config;
