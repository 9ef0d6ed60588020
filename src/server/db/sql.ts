/** Pieces of SQL that are put together: values stay parameters, and there is no way in for text from outside. */
import { Prisma } from "./generated/client";

export const sql = Prisma.sql;
export const noSql = Prisma.empty;
export type Sql = Prisma.Sql;

const NAME = /^[a-z_][a-z0-9_]*$/;

/** The name of a table or column, as the catalogue or a declaration of ours has it. @throws for anything else. */
export function sqlName(name: string): Sql {
  if (!NAME.test(name)) throw new Error("not a name of a table or column");
  return Prisma.raw(`"${name}"`);
}

/** SQL that stands in a declaration of ours (`privacy.ts`): its `:names` become parameters. Never for text from outside. */
export function declaredSql(text: string, values: Record<string, Sql>): Sql {
  const pieces = text.split(/(?<![:\w]):([a-z]+)\b/);
  return pieces
    .map((piece, at) => {
      if (at % 2 === 0) return Prisma.raw(piece);
      const value = values[piece];
      if (!value) throw new Error(`a declaration names :${piece}, which it is not given`);
      return value;
    })
    .reduce((sum, piece) => Prisma.sql`${sum}${piece}`, Prisma.empty);
}

export const joined = Prisma.join;
