/** Billing's tRPC door: who may, what shape, which use case. No decisions, no SQL. */
import { SetOverageInput } from "~/modules/entitlements/schema";
import { readTenant } from "~/server/db/with-tenant";
import { Done, done, orgProcedure, platformProcedure, router } from "~/server/trpc/procedures";
import {
  changePlan,
  closeFoundDifference,
  inbox,
  inboxEvent,
  makeOffer,
  openBillingPortal,
  paymentsState,
  previewNext,
  refreshBilling,
  replayEvent,
  revenueNow,
  setCancellation,
  setTaxId,
  startCheckout,
  switchOverage,
  withdrawOffer,
} from "./flows";
import {
  Away,
  BillingOverview,
  ChangePlanInput,
  CheckoutInput,
  CloseDifferenceInput,
  InboxInput,
  InboxPage,
  IntentInput,
  InvoiceDetail,
  InvoiceIdInput,
  InvoicePage,
  InvoicePreview,
  ListInvoicesInput,
  MakeOfferInput,
  PaymentNotice,
  PreviewInput,
  Revenue,
  StripeEventDetail,
  StripeEventInput,
  TaxIdInput,
  WithdrawOfferInput,
} from "./schema";
import { billingOverview, invoiceById, listInvoices, paymentNotice } from "./service";

export const billingRouter = router({
  overview: orgProcedure
    .meta({ permission: "billing.read" })
    .output(BillingOverview)
    .query(({ ctx }) => readTenant(ctx.actor, (scope) => billingOverview(scope, paymentsState()))),
  /** Told to every member: the plan that all work with is at stake. */
  notice: orgProcedure
    .meta({ permission: "organization.read" })
    .output(PaymentNotice)
    .query(({ ctx }) => readTenant(ctx.actor, paymentNotice)),
  invoices: orgProcedure
    .meta({ permission: "billing.read" })
    .input(ListInvoicesInput)
    .output(InvoicePage)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => listInvoices(scope, input))),
  invoice: orgProcedure
    .meta({ permission: "billing.read" })
    .input(InvoiceIdInput)
    .output(InvoiceDetail)
    .query(({ ctx, input }) => readTenant(ctx.actor, (scope) => invoiceById(scope, input.id))),
  preview: orgProcedure
    .meta({ permission: "billing.read" })
    .input(PreviewInput)
    .output(InvoicePreview.nullable())
    .query(({ ctx, input }) => previewNext(ctx.actor, input.plan ?? null)),
  checkout: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(CheckoutInput)
    .output(Away)
    .mutation(({ ctx, input }) => startCheckout(ctx.actor, ctx.org.slug, input)),
  portal: orgProcedure
    .meta({ permission: "billing.manage" })
    .output(Away)
    .mutation(({ ctx }) => openBillingPortal(ctx.actor, ctx.org.slug)),
  cancel: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(IntentInput)
    .output(Done)
    .mutation(({ ctx, input }) => setCancellation(ctx.actor, true, input.intentId).then(() => done)),
  resume: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(IntentInput)
    .output(Done)
    .mutation(({ ctx, input }) => setCancellation(ctx.actor, false, input.intentId).then(() => done)),
  changePlan: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(ChangePlanInput)
    .output(Done)
    .mutation(({ ctx, input }) => changePlan(ctx.actor, input).then(() => done)),
  setTaxId: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(TaxIdInput)
    .output(Done)
    .mutation(({ ctx, input }) => setTaxId(ctx.actor, input).then(() => done)),
  setOverage: orgProcedure
    .meta({ permission: "billing.manage" })
    .input(SetOverageInput)
    .output(Done)
    .mutation(({ ctx, input }) => switchOverage(ctx.actor, input).then(() => done)),
  /** Reads Stripe now. */
  refresh: orgProcedure
    .meta({ permission: "billing.manage" })
    .output(Done)
    .mutation(({ ctx }) => refreshBilling(ctx.actor).then(() => done)),
  /** For platform admins; to everybody else it is not there. */
  revenue: router({
    overview: platformProcedure.output(Revenue).query(({ ctx }) => revenueNow(ctx.actor)),
    inbox: platformProcedure
      .input(InboxInput)
      .output(InboxPage)
      .query(({ ctx, input }) => inbox(ctx.actor, input)),
    event: platformProcedure
      .input(StripeEventInput)
      .output(StripeEventDetail)
      .query(({ ctx, input }) => inboxEvent(ctx.actor, input.id)),
    replay: platformProcedure
      .input(StripeEventInput)
      .output(Done)
      .mutation(({ ctx, input }) => replayEvent(ctx.actor, input.id).then(() => done)),
    offer: platformProcedure
      .input(MakeOfferInput)
      .output(Done)
      .mutation(({ ctx, input }) => makeOffer(ctx.actor, input).then(() => done)),
    withdrawOffer: platformProcedure
      .input(WithdrawOfferInput)
      .output(Done)
      .mutation(({ ctx, input }) => withdrawOffer(ctx.actor, input).then(() => done)),
    close: platformProcedure
      .input(CloseDifferenceInput)
      .output(Done)
      .mutation(({ ctx, input }) => closeFoundDifference(ctx.actor, input).then(() => done)),
  }),
});
