/** A role as it crosses a door. */
import { z } from "zod";
import { ROLES } from "./roles";

export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;
