// The typed TypeScript client in `clients/typescript`, written from the committed OpenAPI document.
import fs from "node:fs";
import { clientSchema } from "./api-client/schema";

const FILE = "clients/typescript/schema.d.ts";
fs.writeFileSync(FILE, await clientSchema());
console.log(`${FILE} is written from docs/openapi.json`);
