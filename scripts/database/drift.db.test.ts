import { expect, it } from "vitest";
import { drift } from "./drift";

it("finds migrations and prisma/schema of one mind, so that no table is missing in production", async () => {
  expect(await drift(process.env.DATABASE_OWNER_URL!)).toEqual({ unexpected: [], gone: [] });
});
