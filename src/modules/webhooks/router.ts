/** Webhooks' tRPC door: who may, what shape, which use case. */
import { readTenant, withTenant } from "~/server/db/with-tenant";
import type { RestRoute } from "~/server/rest/route";
import { Done, done, orgProcedure, router } from "~/server/trpc/procedures";
import { WEBHOOK_ROUTES as REST } from "./rest";
import {
  DeliveryDetail,
  DeliveryIdInput,
  DeliveryMade,
  DeliveryPage,
  Endpoint,
  EndpointIdInput,
  EndpointInput,
  EndpointList,
  EndpointMade,
  ListDeliveriesInput,
  ReplayFailedInput,
  Replayed,
  RotateSecretInput,
  Secret,
  SetActiveInput,
  UpdateEndpointInput,
} from "./schema";
import {
  createEndpoint,
  deleteEndpoint,
  getDelivery,
  getEndpoint,
  listDeliveries,
  listEndpoints,
  replayDelivery,
  replayFailed,
  rotateSecret,
  sendTest,
  setActive,
  showSecret,
  updateEndpoint,
} from "./service";

const reading = (rest: RestRoute) => orgProcedure.meta({ permission: "webhook.read", rest });
const managing = (rest?: RestRoute) =>
  orgProcedure.meta({ permission: "webhook.manage", ...(rest && { rest }) });

export const webhooksRouter = router({
  endpoints: reading(REST.endpoints)
    .output(EndpointList)
    .query(({ ctx }) => readTenant(ctx.actor, listEndpoints)),
  endpoint: reading(REST.endpoint)
    .input(EndpointIdInput)
    .output(Endpoint)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => getEndpoint(scope, input))),
  deliveries: reading(REST.deliveries)
    .input(ListDeliveriesInput)
    .output(DeliveryPage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listDeliveries(scope, input))),
  delivery: reading(REST.delivery)
    .input(DeliveryIdInput)
    .output(DeliveryDetail)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => getDelivery(scope, input))),
  create: managing(REST.create)
    .input(EndpointInput)
    .output(EndpointMade)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => createEndpoint(scope, input))),
  update: managing(REST.update)
    .input(UpdateEndpointInput)
    .output(Endpoint)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => updateEndpoint(scope, input))),
  remove: managing(REST.remove)
    .input(EndpointIdInput)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await withTenant(ctx.actor, (scope) => deleteEndpoint(scope, input));
      return done;
    }),
  setActive: managing()
    .input(SetActiveInput)
    .output(Endpoint)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => setActive(scope, input))),
  showSecret: managing()
    .input(EndpointIdInput)
    .output(Secret)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => showSecret(scope, input))),
  rotateSecret: managing(REST.rotateSecret)
    .input(RotateSecretInput)
    .output(Secret)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => rotateSecret(scope, input))),
  sendTest: managing(REST.sendTest)
    .input(EndpointIdInput)
    .output(DeliveryMade)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => sendTest(scope, input))),
  replay: managing(REST.replay)
    .input(DeliveryIdInput)
    .output(DeliveryMade)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => replayDelivery(scope, input))),
  replayFailed: managing(REST.replayFailed)
    .input(ReplayFailedInput)
    .output(Replayed)
    .mutation(({ ctx, input }) => withTenant(ctx.actor, (scope) => replayFailed(scope, input))),
});
