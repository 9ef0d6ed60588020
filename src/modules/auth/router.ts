/** Auth's tRPC door. What sets cookies has plain HTTP doors: `/api/session`, `/api/auth`, `/api/dev-login`. */
import { z } from "zod";
import { readUser, withUser } from "~/server/db/with-user";
import { done, Done, publicProcedure, router, userProcedure } from "~/server/trpc/procedures";
import { endDevice, endOtherDevices } from "./flows/end-sessions";
import { addPasskey, beginConfirm, beginPasskey, confirmByPasskey, requestStepUp } from "./flows/step-up";
import { requestLink } from "./flows/request-link";
import { updateProfile } from "./flows/update-profile";
import {
  AddPasskeyInput,
  AddPasskeyOptions,
  ConfirmByPasskeyInput,
  ConfirmOptions,
  Devices,
  DevicesEnded,
  EndDeviceInput,
  LinkRequested,
  Me,
  Passkeys,
  RemovePasskeyInput,
  RequestLinkInput,
  RequestStepUpInput,
  StepUpState,
  UpdateProfileInput,
} from "./schema";
import { devices, disconnectGoogle, me, passkeys, removePasskey, stepUpState } from "./service";

export const authRouter = router({
  requestLink: publicProcedure
    .input(RequestLinkInput)
    .output(LinkRequested)
    .mutation(({ ctx, input }) => requestLink(input, ctx)),
  me: userProcedure
    .meta({ openToStaff: true })
    .input(z.void())
    .output(Me)
    .query(({ ctx }) => readUser(ctx.actor, me)),
  updateProfile: userProcedure
    .input(UpdateProfileInput)
    .output(Done)
    .mutation(({ ctx, input }) => updateProfile(ctx.actor, input).then(() => done)),
  disconnectGoogle: userProcedure
    .input(z.void())
    .output(Done)
    .mutation(({ ctx }) => withUser(ctx.actor, disconnectGoogle).then(() => done)),
  devices: userProcedure
    .input(z.void())
    .output(Devices)
    .query(({ ctx }) => readUser(ctx.actor, devices)),
  endDevice: userProcedure
    .input(EndDeviceInput)
    .output(Done)
    .mutation(({ ctx, input }) => endDevice(ctx.actor, input.id).then(() => done)),
  endOtherDevices: userProcedure
    .input(z.void())
    .output(DevicesEnded)
    .mutation(({ ctx }) => endOtherDevices(ctx.actor)),
  stepUp: userProcedure
    .input(z.void())
    .output(StepUpState)
    .query(({ ctx }) => readUser(ctx.actor, stepUpState)),
  requestStepUp: userProcedure
    .input(RequestStepUpInput)
    .output(LinkRequested)
    .mutation(({ ctx, input }) => requestStepUp(ctx.actor, input, ctx.userAgent)),
  beginConfirm: userProcedure
    .input(z.void())
    .output(ConfirmOptions)
    .mutation(({ ctx }) => beginConfirm(ctx.actor)),
  confirmByPasskey: userProcedure
    .input(ConfirmByPasskeyInput)
    .output(Done)
    .mutation(({ ctx, input }) => confirmByPasskey(ctx.actor, input).then(() => done)),
  passkeys: userProcedure
    .input(z.void())
    .output(Passkeys)
    .query(({ ctx }) => readUser(ctx.actor, passkeys)),
  beginPasskey: userProcedure
    .input(z.void())
    .output(AddPasskeyOptions)
    .mutation(({ ctx }) => beginPasskey(ctx.actor)),
  addPasskey: userProcedure
    .input(AddPasskeyInput)
    .output(Done)
    .mutation(({ ctx, input }) => addPasskey(ctx.actor, input).then(() => done)),
  removePasskey: userProcedure
    .input(RemovePasskeyInput)
    .output(Done)
    .mutation(({ ctx, input }) =>
      withUser(ctx.actor, (scope) => removePasskey(scope, input)).then(() => done),
    ),
});
