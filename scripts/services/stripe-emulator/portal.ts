import { page, type Paging } from "./answers";
import { liveCustomer } from "./customers";
import type { Metadata, PortalConfiguration, PortalSession } from "./objects";
import { invalid } from "./refusal";
import { handle, understands, type Routes } from "./routes";
import { mergedMetadata, newId, type World } from "./world";

interface Features {
  customer_update?: { allowed_updates?: string[] | ""; enabled?: boolean };
  invoice_history?: { enabled: boolean };
  payment_method_update?: { enabled: boolean };
  subscription_cancel?: {
    cancellation_reason?: { enabled: boolean; options?: string[] | "" };
    enabled?: boolean;
    mode?: "at_period_end" | "immediately";
    proration_behavior?: "none" | "create_prorations" | "always_invoice";
  };
  subscription_update?: { enabled?: boolean };
}

interface ConfigurationParams {
  active?: boolean;
  business_profile?: { headline?: string; privacy_policy_url?: string; terms_of_service_url?: string };
  default_return_url?: string;
  features?: Features;
  login_page?: { enabled: boolean };
  metadata?: Metadata | "";
  name?: string;
}

const FIELDS = "active business_profile default_return_url features login_page metadata name".split(" ");

function write(world: World, held: PortalConfiguration, params: ConfigurationParams): void {
  understands(params, FIELDS);
  const { features = {} } = params;
  if (features.subscription_update?.enabled)
    throw invalid(
      "The local Stripe's portal changes no plans.",
      "features[subscription_update]",
      "not_emulated",
    );
  if (params.active !== undefined) held.active = params.active;
  if (params.name !== undefined) held.name = params.name || null;
  if (params.default_return_url !== undefined) held.default_return_url = params.default_return_url || null;
  held.metadata = mergedMetadata(held.metadata, params.metadata);
  for (const name of ["headline", "privacy_policy_url", "terms_of_service_url"] as const) {
    const value = params.business_profile?.[name];
    if (value !== undefined) held.business_profile[name] = value || null;
  }
  const { customer_update: customer, subscription_cancel: cancel } = features;
  if (customer) {
    held.features.customer_update.enabled = customer.enabled ?? held.features.customer_update.enabled;
    if (customer.allowed_updates !== undefined)
      held.features.customer_update.allowed_updates = customer.allowed_updates || [];
  }
  if (features.invoice_history) held.features.invoice_history = features.invoice_history;
  if (features.payment_method_update)
    held.features.payment_method_update.enabled = features.payment_method_update.enabled;
  if (cancel) {
    const target = held.features.subscription_cancel;
    target.enabled = cancel.enabled ?? target.enabled;
    target.mode = cancel.mode ?? target.mode;
    target.proration_behavior = cancel.proration_behavior ?? target.proration_behavior;
    if (cancel.cancellation_reason)
      target.cancellation_reason = {
        enabled: cancel.cancellation_reason.enabled,
        options: cancel.cancellation_reason.options || [],
      };
  }
  held.updated = world.worldNow();
}

interface SessionParams {
  configuration?: string;
  customer?: string;
  flow_data?: {
    type: string;
    after_completion?: { type: string; redirect?: { return_url: string } };
    subscription_cancel?: { subscription: string };
  };
  locale?: string;
  return_url?: string;
}

function makeSession(world: World, params: SessionParams): PortalSession {
  understands(params, ["configuration", "customer", "flow_data", "locale", "return_url"]);
  if (!params.customer) throw invalid("Missing required param: customer.", "customer", "parameter_missing");
  const customer = liveCustomer(world, params.customer, "customer");
  const configuration = params.configuration
    ? world.get("billing_portal.configuration", params.configuration, "configuration")
    : world.all("billing_portal.configuration").find((held) => held.is_default);
  if (!configuration)
    throw invalid(
      "No configuration provided and your test mode default configuration has not been created. Provide a configuration or create your default by saving your customer portal settings in test mode.",
    );
  if (!configuration.active) throw invalid("The configuration is not active.", "configuration");
  const { flow_data: flow } = params;
  if (flow && flow.type !== "payment_method_update" && flow.type !== "subscription_cancel")
    throw invalid(`The local Stripe's portal has no flow ${flow.type}.`, "flow_data[type]", "not_emulated");
  if (flow?.type === "subscription_cancel") {
    const id = flow.subscription_cancel?.subscription ?? "";
    world.get("subscription", id, "flow_data[subscription_cancel][subscription]");
  }
  const id = newId("bps");
  const session: PortalSession = {
    ...world.base("bps", "billing_portal.session", customer.id),
    id,
    configuration: configuration.id,
    customer: customer.id,
    customer_account: null,
    flow: flow
      ? {
          after_completion: {
            hosted_confirmation: null,
            redirect: flow.after_completion?.redirect ?? null,
            type: flow.after_completion?.type ?? "portal_homepage",
          },
          subscription_cancel: flow.subscription_cancel
            ? { retention: null, subscription: flow.subscription_cancel.subscription }
            : null,
          subscription_update: null,
          subscription_update_confirm: null,
          type: flow.type,
        }
      : null,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${world.baseUrl}/p/session/${id}`,
  };
  world.put("billing_portal.session", session);
  world.emit("billing_portal.session.created", session);
  return session;
}

/** The customer portal's configurations and sessions by API. */
export const portal: Routes = {
  "GET /v1/billing_portal/configurations": handle<Paging & { active?: boolean; is_default?: boolean }>(
    ({ world, params, url }) =>
      page(
        world
          .all("billing_portal.configuration")
          .filter(
            (held) =>
              (params.active === undefined || held.active === params.active) &&
              (params.is_default === undefined || held.is_default === params.is_default),
          ),
        params,
        url,
      ),
  ),
  "POST /v1/billing_portal/configurations": handle<ConfigurationParams>(({ world, params }) => {
    const configuration: PortalConfiguration = {
      ...world.base("bpc", "billing_portal.configuration"),
      active: true,
      application: null,
      business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
      default_return_url: null,
      features: {
        customer_update: { allowed_updates: [], enabled: false },
        invoice_history: { enabled: false },
        payment_method_update: { enabled: false, payment_method_configuration: null },
        subscription_cancel: {
          cancellation_reason: { enabled: false, options: [] },
          enabled: false,
          mode: "at_period_end",
          proration_behavior: "none",
        },
        subscription_update: {
          billing_cycle_anchor: null,
          default_allowed_updates: [],
          enabled: false,
          products: null,
          proration_behavior: "none",
          schedule_at_period_end: { conditions: [] },
          trial_update_behavior: "end_trial",
        },
      },
      is_default: false,
      login_page: { enabled: false, url: null },
      metadata: {},
      name: null,
      updated: world.worldNow(),
    };
    write(world, configuration, params);
    world.put("billing_portal.configuration", configuration);
    world.emit("billing_portal.configuration.created", configuration);
    return configuration;
  }),
  "GET /v1/billing_portal/configurations/{configuration}": handle(({ world, id }) =>
    world.get("billing_portal.configuration", id()),
  ),
  "POST /v1/billing_portal/configurations/{configuration}": handle<ConfigurationParams>(
    ({ world, params, id }) =>
      world.change(
        "billing_portal.configuration.updated",
        world.get("billing_portal.configuration", id()),
        (held) => write(world, held, params),
      ),
  ),
  "POST /v1/billing_portal/sessions": handle<SessionParams>(({ world, params }) =>
    makeSession(world, params),
  ),
};
