/** What is counted (spec §5), as a shape. What each meter is stands in `meter-table.ts`, which pages can load without zod. */
import { z } from "zod";
import { METER_NAMES } from "./meter-table";

export const Meter = z.enum(METER_NAMES);
export type Meter = z.infer<typeof Meter>;
