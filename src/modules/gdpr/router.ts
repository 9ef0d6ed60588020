/** GDPR's tRPC door: one's own data, an organization's, and what a mail's link leads to. */
import { z } from "zod";
import { Done, done, orgProcedure, publicProcedure, router, userProcedure } from "~/server/trpc/procedures";
import {
  downloadExport,
  exportOrganization,
  exportPerson,
  organizationData,
  personData,
  previewUndo,
  readCertificate,
  requestOrganizationErasure,
  requestPersonErasure,
  undoByToken,
  undoOrganizationErasure,
  undoPersonErasure,
} from "./flows";
import {
  CertificateView,
  ConfirmInput,
  Download,
  ErasurePreview,
  ExportIdInput,
  ExportStarted,
  OrganizationData,
  PersonData,
  Requested,
  TokenInput,
} from "./schema";

const reading = orgProcedure.meta({ permission: "organization.readData" });
const exporting = orgProcedure.meta({ permission: "organization.export" });
const deleting = orgProcedure.meta({ permission: "organization.delete" });

export const gdprRouter = router({
  person: userProcedure
    .input(z.void())
    .output(PersonData)
    .query(({ ctx }) => personData(ctx.actor)),
  exportPerson: userProcedure
    .input(z.void())
    .output(ExportStarted)
    .mutation(({ ctx }) => exportPerson(ctx.actor)),
  downloadPerson: userProcedure
    .input(ExportIdInput)
    .output(Download)
    .mutation(({ ctx, input }) => downloadExport(ctx.actor, input)),
  erasePerson: userProcedure
    .input(ConfirmInput)
    .output(Requested)
    .mutation(({ ctx, input }) => requestPersonErasure(ctx.actor, input)),
  keepPerson: userProcedure
    .input(z.void())
    .output(Done)
    .mutation(({ ctx }) => undoPersonErasure(ctx.actor).then(() => done)),
  organization: reading
    .input(z.void())
    .output(OrganizationData)
    .query(({ ctx }) => organizationData(ctx.actor)),
  exportOrganization: exporting
    .input(z.void())
    .output(ExportStarted)
    .mutation(({ ctx }) => exportOrganization(ctx.actor)),
  downloadOrganization: exporting
    .input(ExportIdInput)
    .output(Download)
    .mutation(({ ctx, input }) => downloadExport(ctx.actor, input)),
  eraseOrganization: deleting
    .input(ConfirmInput)
    .output(Requested)
    .mutation(({ ctx, input }) => requestOrganizationErasure(ctx, input)),
  keepOrganization: deleting
    .input(z.void())
    .output(Done)
    .mutation(({ ctx }) => undoOrganizationErasure(ctx.actor).then(() => done)),
  undo: publicProcedure
    .input(TokenInput)
    .output(ErasurePreview)
    .query(({ ctx, input }) => previewUndo(input.token, ctx.trace)),
  keepByLink: publicProcedure
    .input(TokenInput)
    .output(Done)
    .mutation(({ ctx, input }) => undoByToken(input.token, ctx.trace).then(() => done)),
  certificate: publicProcedure
    .input(TokenInput)
    .output(CertificateView)
    .query(({ ctx, input }) => readCertificate(input.token, ctx.trace)),
});
