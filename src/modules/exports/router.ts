/** Exports' tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import type { ListExport } from "~/server/csv/list-export";
import { readTenant, withTenant } from "~/server/db/with-tenant";
import { orgProcedure, router } from "~/server/trpc/procedures";
import { downloadExport } from "./flows";
import { EXPORT_ROUTES as REST } from "./rest";
import {
  Download,
  ExportIdInput,
  ExportOfJobInput,
  ExportStarted,
  ExportView,
  StartExportInput,
} from "./schema";
import { exportOfJob, getExport, startExport } from "./service";

const exporting = orgProcedure.meta({ permission: "export.create" });

/** `lists` are those that there are; each asks for a permission of its own besides. */
export const exportsRouter = (lists: readonly ListExport[]) =>
  router({
    start: exporting
      .meta({ permission: "export.create", rest: REST.start })
      .input(StartExportInput)
      .output(ExportStarted)
      .mutation(({ ctx, input }) =>
        withTenant(ctx.actor, (scope) =>
          startExport(
            scope,
            lists.find(({ list }) => list === input.list),
            input,
          ),
        ),
      ),
    ofJob: orgProcedure
      .meta({ permission: "job.read" })
      .input(ExportOfJobInput)
      .output(ExportView)
      .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => exportOfJob(scope, input))),
    get: orgProcedure
      .meta({ permission: "job.read", rest: REST.get })
      .input(ExportIdInput)
      .output(ExportView)
      .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => getExport(scope, input))),
    download: exporting
      .meta({ permission: "export.create", rest: REST.download })
      .input(ExportIdInput)
      .output(Download)
      .mutation(({ ctx, input }) => downloadExport(ctx.actor, input, lists)),
  });
