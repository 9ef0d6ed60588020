import fs from "node:fs";
import { expect, it } from "vitest";
import { clientSchema } from "./schema";

it("is what the committed client has (npm run api:client writes it)", async () => {
  expect(fs.readFileSync("clients/typescript/schema.d.ts", "utf8")).toBe(await clientSchema());
});
