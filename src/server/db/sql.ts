/** Pieces of SQL that are put together: values stay parameters, and there is no way in for text from outside. */
import { Prisma } from "./generated/client";

export const sql = Prisma.sql;
export const noSql = Prisma.empty;
export type Sql = Prisma.Sql;
