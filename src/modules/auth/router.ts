/** Auth's tRPC door. What sets cookies has plain HTTP doors: `/api/session`, `/api/auth`, `/api/dev-login`. */
import { z } from "zod";
import { readUser, withUser } from "~/server/db/with-user";
import { done, Done, publicProcedure, router, userProcedure } from "~/server/trpc/procedures";
import { endDevice, endOtherDevices } from "./flows/end-sessions";
import { requestLink } from "./flows/request-link";
import { updateProfile } from "./flows/update-profile";
import {
  Devices,
  DevicesEnded,
  EndDeviceInput,
  LinkRequested,
  Me,
  RequestLinkInput,
  UpdateProfileInput,
} from "./schema";
import { devices, disconnectGoogle, me } from "./service";

export const authRouter = router({
  requestLink: publicProcedure
    .input(RequestLinkInput)
    .output(LinkRequested)
    .mutation(({ ctx, input }) => requestLink(input, ctx)),
  me: userProcedure
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
});
