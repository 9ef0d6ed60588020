/**
 * The four kinds of procedure. Each refusal of a resolver leaves through `speak`, which knows the one error table.
 * Transactions are opened in resolvers, never here: `next()` resolves even when the resolver threw.
 */
import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError, z } from "zod";
import { personBehind, type Caller } from "~/kernel/actor";
import {
  DomainError,
  ERROR_FACES,
  notFound,
  notForKeys,
  notForStaff,
  unauthenticated,
  type FieldErrors,
} from "~/kernel/errors";
import type { Feature } from "~/kernel/features";
import type { Permission } from "~/kernel/roles";
import { asDomainError } from "~/server/db/failure";
import { unstorable } from "~/server/http/storable";
import { logger } from "~/server/observability/logger";
import { metrics } from "~/server/observability/metrics";
import type { RestRoute } from "~/server/rest/route";
import type { Context } from "./context";

export type ProcedureMeta = {
  permission?: Permission;
  /** The procedure is part of a switchable feature; asked after the permission, of procedures of an organization. */
  feature?: Feature;
  /** Its route below `/api/v1`, for what programs may call too. */
  rest?: RestRoute;
  /** A person's own that is answered to staff who opened the product as them too; nothing else of it is. */
  openToStaff?: true;
};

/** Field → messages, the path joined by dots; `""` for what concerns the whole input. */
export function fieldErrorsOf(error: ZodError): FieldErrors {
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
  const result = ctx.refusal ? { ok: false as const, error: asThrown(ctx.refusal) } : await next();
  const translated = result.ok ? undefined : translate(result.error, path, ctx);
  const outcome = translated ? translated.code.toLowerCase() : "ok";
  metrics().procedureSeconds.observe({ procedure: path, outcome }, (performance.now() - startedAt) / 1000);
  if (translated) throw translated;
  return result as Awaited<ReturnType<typeof next>>;
});

/** As tRPC wraps what a resolver throws. */
const asThrown = (cause: DomainError) => new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause });

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

/** What no row could hold is the caller's to mend, whichever field it stands in; the database would call it our failure. */
const storable = t.middleware(async ({ getRawInput, next }) => {
  const fields = unstorable(await getRawInput());
  if (Object.keys(fields).length > 0)
    throw new DomainError(
      "invalid",
      "kernel.invalid_input",
      "Some fields need another look.",
      {},
      { fields },
    );
  return next();
});

/** For callers nobody has to know. */
export const publicProcedure = t.procedure.use(speak).use(storable);

/** For whoever is known, a person or a program with a key; what both other kinds stand on. */
export const callerProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const caller = await ctx.actorOnce();
  if (!caller) throw unauthenticated();
  return next({ ctx: { caller } });
});

/** For a signed-in person, whatever organization; `ctx.actor` is theirs. Closed to keys. */
export const userProcedure = callerProcedure.use(async ({ ctx, meta, path, next }) => {
  if (ctx.caller.kind === "key") throw notForKeys();
  if (ctx.caller.staff && !meta?.openToStaff) throw notForStaff(path);
  return next({ ctx: { actor: ctx.caller } });
});

/**
 * For platform admins who confirmed of late that it is them: a stolen session reaches nothing of the platform. Everybody
 * else learns not even that it is there.
 */
export const platformProcedure = userProcedure.use(async ({ ctx, next }) => {
  if (!(await ctx.gates.isPlatformAdmin(ctx.actor))) throw notFound("page");
  await ctx.gates.steppedUp(ctx.actor);
  return next();
});

/**
 * Who stands at an organization's door, with the right to go in: the one place for procedures and REST alike.
 * @throws kernel.unauthenticated; kernel.not_found without an organization of theirs; what the gates of
 * permissions and features throw.
 */
export async function atOrgDoor(
  ctx: Context,
  {
    permission,
    feature,
    type,
  }: { permission: Permission; feature?: Feature; type: "query" | "mutation" | "subscription" },
) {
  const caller = await ctx.actorOnce();
  if (!caller) throw unauthenticated();
  // What is changed by whoever may read is the person's own (a visit noted, a hint put away).
  if (caller.kind === "key" && type === "mutation" && /\.read/.test(permission)) throw notForKeys();
  // The same for staff; and what they opened read-only changes nothing here, nor in Postgres.
  const staff = caller.kind === "user" ? caller.staff : undefined;
  if (staff && type === "mutation" && (staff.isReadOnly || /\.read/.test(permission)))
    throw notForStaff(permission);
  const org = await organizationFor(ctx, caller);
  if (ctx.isApiClient) ctx.gates.called(org.orgId);
  const actor = ctx.gates.permission(org, caller, permission);
  if (feature) await ctx.gates.feature(actor, feature);
  return { person: personBehind(caller), actor, org };
}

/**
 * For a member of the organization the request names, or a program with a key of one; needs `meta.permission`.
 * `ctx.actor` acts inside it; `ctx.person` is the person behind, whose own rows no key reaches.
 */
export const orgProcedure = callerProcedure.use(async ({ ctx, meta, path, type, next }) => {
  if (!meta?.permission) throw new Error(`procedure ${path} names no permission`);
  return next({ ctx: await atOrgDoor(ctx, { ...meta, permission: meta.permission, type }) });
});

/** A key knows its organization; a request that names another one is for nothing that the key could see. */
async function organizationFor(ctx: Context, caller: Caller) {
  const slug = ctx.orgSlug ?? (caller.kind === "key" ? caller.orgSlug : null);
  const org = slug === null ? null : await ctx.orgOnce(caller, slug);
  if (caller.kind !== "key") {
    if (!org) throw notFound("organization");
    return org;
  }
  if (org?.orgId === caller.orgId) return org;
  // Its maker has left: the key is as dead as a revoked one.
  if (!org && slug === caller.orgSlug) throw unauthenticated();
  throw notFound("organization");
}

/** The answer of a procedure that has nothing to say but that it worked. */
export const Done = z.object({ done: z.literal(true) });
export const done = { done: true } as const;
