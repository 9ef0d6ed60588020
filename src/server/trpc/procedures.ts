/**
 * The four kinds of procedure. Each refusal of a resolver leaves through `speak`, which knows the one error table.
 * Transactions are opened in resolvers, never here: `next()` resolves even when the resolver threw.
 */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError, z } from "zod";
import { DomainError, ERROR_FACES, notFound, unauthenticated, type FieldErrors } from "~/kernel/errors";
import type { Permission } from "~/kernel/roles";
import { asDomainError } from "~/server/db/failure";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import type { Context } from "./context";

export type ProcedureMeta = { permission?: Permission };

/** Field → messages, the path joined by dots; `""` for what concerns the whole input. */
function fieldErrorsOf(error: ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) (fields[issue.path.join(".")] ??= []).push(issue.message);
  return fields;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = error.cause instanceof DomainError ? error.cause : undefined;
      const isInputRefused = error.code === "BAD_REQUEST" && error.cause instanceof ZodError;
      return {
        message:
          refusal?.publicMessage ?? (isInputRefused ? "Some fields need another look." : shape.message),
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          reason: refusal?.code ?? (isInputRefused ? "kernel.invalid_input" : shape.data.code.toLowerCase()),
          details: refusal?.details ?? {},
          fields: refusal?.fields ?? (isInputRefused ? fieldErrorsOf(error.cause as ZodError) : {}),
          correlationId: ctx?.trace.correlationId ?? null,
        },
      };
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Times a procedure, and turns what its resolver threw into the code that the error table gives it. */
const speak = t.middleware(async ({ ctx, path, next }) => {
  const startedAt = performance.now();
  const result = await next();
  const translated = result.ok ? undefined : translate(result.error, path, ctx);
  const outcome = translated ? translated.code.toLowerCase() : "ok";
  metrics().procedureSeconds.observe({ procedure: path, outcome }, (performance.now() - startedAt) / 1000);
  if (translated) throw translated;
  return result;
});

function translate(error: TRPCError, path: string, { trace }: Context): TRPCError {
  // Thrown by tRPC itself (bad input, unknown method) or already translated.
  if (error.code !== "INTERNAL_SERVER_ERROR" || error.cause === undefined) return error;
  const refusal = asDomainError(error.cause);
  const told = { procedure: path, correlation_id: trace.correlationId };
  if (refusal.kind === "internal") logger().error({ err: error.cause, ...told }, "procedure failed");
  else logger().info({ code: refusal.code, ...told }, "procedure refused");
  return new TRPCError({
    code: ERROR_FACES[refusal.kind].trpc,
    message: refusal.publicMessage,
    cause: refusal,
  });
}

/** For callers nobody has to know. */
export const publicProcedure = t.procedure.use(speak);

/** For a signed-in person, whatever organization; `ctx.actor` is theirs. */
export const userProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const actor = await ctx.actorOnce();
  if (!actor) throw unauthenticated();
  return next({ ctx: { actor } });
});

/** For platform admins. Everybody else learns not even that it is there. */
export const platformProcedure = userProcedure.use(async ({ ctx, next }) => {
  if (!(await ctx.gates.isPlatformAdmin(ctx.actor))) throw notFound("page");
  return next();
});

/** For a member of the organization the request names; needs `meta.permission`. `ctx.actor` acts inside it. */
export const orgProcedure = userProcedure.use(async ({ ctx, meta, path, next }) => {
  if (!meta?.permission) throw new Error(`procedure ${path} names no permission`);
  const org = ctx.orgSlug ? await ctx.orgOnce(ctx.actor, ctx.orgSlug) : null;
  if (!org) throw notFound("organization");
  if (ctx.isApiClient) ctx.gates.called(org.orgId);
  return next({
    ctx: { person: ctx.actor, actor: ctx.gates.permission(org, ctx.actor, meta.permission), org },
  });
});

/** The answer of a procedure that has nothing to say but that it worked. */
export const Done = z.object({ done: z.literal(true) });
export const done = { done: true } as const;
