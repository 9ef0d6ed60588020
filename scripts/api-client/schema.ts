import fs from "node:fs";
import openapiTypeScript, { astToString, type OpenAPI3 } from "openapi-typescript";

const HEADER = "// Written by `npm run api:client` from docs/openapi.json: change a route, not this file.\n";

/** Types of every path, as `clients/typescript/schema.d.ts` holds them. */
export async function clientSchema(): Promise<string> {
  const document = JSON.parse(fs.readFileSync("docs/openapi.json", "utf8")) as OpenAPI3;
  return HEADER + astToString(await openapiTypeScript(document, { alphabetize: true }));
}
