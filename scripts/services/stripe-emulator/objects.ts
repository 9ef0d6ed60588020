/**
 * Stripe's objects as they are kept: the fields that the emulator gives a meaning. References are ids; an answer
 * expands them on demand. Amounts are in the currency's smallest unit, instants in seconds since 1970.
 */
export type Metadata = Record<string, string>;

export interface Stored {
  id: string;
  object: string;
  livemode: false;
  created: number;
}

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

export interface Product extends Stored {
  object: "product";
  active: boolean;
  default_price: string | null;
  description: string | null;
  images: string[];
  marketing_features: { name: string }[];
  metadata: Metadata;
  name: string;
  package_dimensions: null;
  shippable: boolean | null;
  statement_descriptor: string | null;
  tax_code: string | null;
  unit_label: string | null;
  updated: number;
  url: string | null;
}

export interface Recurring {
  interval: "day" | "week" | "month" | "year";
  interval_count: number;
  meter: string | null;
  usage_type: "licensed" | "metered";
}

export interface Price extends Stored {
  object: "price";
  active: boolean;
  billing_scheme: "per_unit";
  currency: string;
  custom_unit_amount: null;
  lookup_key: string | null;
  metadata: Metadata;
  nickname: string | null;
  product: string;
  recurring: Recurring | null;
  tax_behavior: "unspecified" | "inclusive" | "exclusive";
  tiers_mode: null;
  transform_quantity: null;
  type: "one_time" | "recurring";
  unit_amount: number | null;
  unit_amount_decimal: string;
}

export interface Meter extends Stored {
  object: "billing.meter";
  customer_mapping: { event_payload_key: string; type: "by_id" };
  default_aggregation: { formula: "sum" | "count" | "last" };
  display_name: string;
  event_name: string;
  event_time_window: "day" | "hour" | null;
  status: "active" | "inactive";
  status_transitions: { deactivated_at: number | null };
  updated: number;
  value_settings: { event_payload_key: string };
}

/** One accepted meter event. Kept apart from the objects: Stripe has no call that reads one. */
export interface Usage {
  meter: string;
  customer: string;
  identifier: string;
  /** A decimal number. */
  value: string;
  timestamp: number;
  received: number;
}

export interface Customer extends Stored {
  object: "customer";
  address: Address | null;
  balance: number;
  currency: string | null;
  default_source: null;
  delinquent: boolean;
  description: string | null;
  email: string | null;
  invoice_prefix: string;
  invoice_settings: {
    custom_fields: null;
    default_payment_method: string | null;
    footer: string | null;
    rendering_options: null;
  };
  metadata: Metadata;
  name: string | null;
  business_name?: string;
  individual_name?: string;
  next_invoice_sequence: number;
  phone: string | null;
  preferred_locales: string[];
  shipping: null;
  tax_exempt: "none" | "exempt" | "reverse";
  test_clock: string | null;
}

export interface TaxId extends Stored {
  object: "tax_id";
  country: string | null;
  customer: string;
  customer_account: null;
  owner: { customer: string; type: "customer" };
  type: string;
  value: string;
  verification: {
    status: "pending" | "verified" | "unverified";
    verified_address: null;
    verified_name: null;
  };
}

export interface BalanceTransaction extends Stored {
  object: "customer_balance_transaction";
  amount: number;
  credit_note: null;
  currency: string;
  customer: string;
  customer_account: null;
  description: string | null;
  ending_balance: number;
  invoice: string | null;
  metadata: Metadata;
  type:
    | "adjustment"
    | "applied_to_invoice"
    | "unapplied_from_invoice"
    | "invoice_too_small"
    | "invoice_too_large";
}

export interface PaymentMethod extends Stored {
  object: "payment_method";
  allow_redisplay: "always" | "limited" | "unspecified";
  billing_details: {
    address: Address;
    email: string | null;
    name: string | null;
    phone: string | null;
    tax_id: null;
  };
  card: {
    brand: string;
    checks: { address_line1_check: null; address_postal_code_check: null; cvc_check: string | null };
    country: string;
    display_brand: string;
    exp_month: number;
    exp_year: number;
    fingerprint: string;
    funding: string;
    generated_from: null;
    last4: string;
    networks: { available: string[]; preferred: null };
    regulated_status: "unregulated";
    three_d_secure_usage: { supported: boolean };
    wallet: null;
  };
  customer: string | null;
  customer_account: null;
  metadata: Metadata;
  type: "card";
}

export interface CardError {
  type: "card_error";
  code: string;
  decline_code?: string;
  message: string;
}

export interface PaymentIntent extends Stored {
  object: "payment_intent";
  amount: number;
  amount_capturable: number;
  amount_received: number;
  application: null;
  application_fee_amount: null;
  automatic_payment_methods: null;
  canceled_at: number | null;
  cancellation_reason: "void_invoice" | null;
  capture_method: "automatic";
  client_secret: string;
  confirmation_method: "automatic";
  currency: string;
  customer: string;
  customer_account: null;
  description: string;
  last_payment_error: CardError | null;
  latest_charge: null;
  metadata: Metadata;
  next_action: {
    type: "redirect_to_url";
    redirect_to_url: { return_url: string | null; url: string };
  } | null;
  on_behalf_of: null;
  payment_method: string | null;
  payment_method_types: string[];
  receipt_email: null;
  review: null;
  setup_future_usage: "off_session" | null;
  statement_descriptor: null;
  statement_descriptor_suffix: null;
  status: "requires_payment_method" | "requires_action" | "succeeded" | "canceled";
  transfer_group: null;
}

export interface Coupon extends Stored {
  object: "coupon";
  amount_off: number | null;
  currency: string | null;
  duration: "once" | "repeating" | "forever";
  duration_in_months: number | null;
  max_redemptions: number | null;
  metadata: Metadata;
  name: string | null;
  percent_off: number | null;
  redeem_by: number | null;
  times_redeemed: number;
  valid: boolean;
}

export interface PromotionCode extends Stored {
  object: "promotion_code";
  active: boolean;
  code: string;
  customer: string | null;
  customer_account: null;
  expires_at: number | null;
  max_redemptions: number | null;
  metadata: Metadata;
  promotion: { coupon: string; type: "coupon" };
  restrictions: {
    first_time_transaction: boolean;
    minimum_amount: number | null;
    minimum_amount_currency: string | null;
  };
  times_redeemed: number;
}

/** A coupon as it stands on a subscription. Stripe's discount has no `created` and no `livemode`. */
export interface Discount {
  id: string;
  object: "discount";
  checkout_session: string | null;
  customer: string;
  customer_account: null;
  end: number | null;
  invoice: null;
  invoice_item: null;
  promotion_code: string | null;
  source: { coupon: string; type: "coupon" };
  start: number;
  subscription: string;
  subscription_item: null;
}

export interface Item {
  id: string;
  object: "subscription_item";
  created: number;
  current_period_end: number;
  current_period_start: number;
  discounts: [];
  metadata: Metadata;
  price: Price;
  quantity?: number;
  subscription: string;
  tax_rates: [];
}

export interface List<Of> {
  object: "list";
  data: Of[];
  has_more: boolean;
  url: string;
}

export type SubscriptionStatus =
  "active" | "canceled" | "incomplete" | "incomplete_expired" | "past_due" | "paused" | "trialing" | "unpaid";

export interface Subscription extends Stored {
  object: "subscription";
  application: null;
  application_fee_percent: null;
  automatic_tax: { disabled_reason: null; enabled: boolean; liability: null };
  billing_cycle_anchor: number;
  billing_cycle_anchor_config: null;
  billing_mode: { flexible: { proration_discounts: "included" }; type: "flexible"; updated_at: number };
  billing_schedules: [];
  billing_thresholds: null;
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  canceled_at: number | null;
  cancellation_details: { comment: string | null; feedback: string | null; reason: string | null };
  collection_method: "charge_automatically";
  currency: string;
  customer: string;
  customer_account: null;
  days_until_due: null;
  default_payment_method: string | null;
  default_source: null;
  default_tax_rates: [];
  description: string | null;
  discounts: string[];
  ended_at: number | null;
  invoice_settings: {
    account_tax_ids: null;
    custom_fields: null;
    description: null;
    footer: null;
    issuer: { type: "self" };
  };
  items: List<Item>;
  latest_invoice: string | null;
  metadata: Metadata;
  next_pending_invoice_item_invoice: null;
  on_behalf_of: null;
  pause_collection: {
    behavior: "keep_as_draft" | "mark_uncollectible" | "void";
    resumes_at: number | null;
  } | null;
  payment_settings: {
    payment_method_options: null;
    payment_method_types: null;
    save_default_payment_method: "off" | "on_subscription";
  };
  pending_invoice_item_interval: null;
  pending_setup_intent: null;
  pending_update: null;
  schedule: null;
  start_date: number;
  status: SubscriptionStatus;
  test_clock: string | null;
  transfer_data: null;
  trial_end: number | null;
  trial_settings: { end_behavior: { missing_payment_method: "cancel" | "create_invoice" | "pause" } };
  trial_start: number | null;
}

export interface Span {
  start: number;
  end: number;
}

export interface Line {
  id: string;
  object: "line_item";
  amount: number;
  currency: string;
  description: string;
  discount_amounts: { amount: number; discount: string }[];
  discountable: boolean;
  discounts: string[];
  invoice: string | null;
  livemode: false;
  metadata: Metadata;
  parent: {
    type: "subscription_item_details";
    invoice_item_details: null;
    subscription_item_details: {
      invoice_item: string | null;
      proration: boolean;
      proration_details: { credited_items: { invoice: string; invoice_line_items: string[] } | null } | null;
      subscription: string;
      subscription_item: string;
    };
  };
  period: Span;
  pretax_credit_amounts: [];
  pricing: {
    price_details: { price: string; product: string };
    type: "price_details";
    unit_amount_decimal: string;
  };
  quantity: number;
  quantity_decimal: string;
  subtotal: number;
  taxes: [];
}

export type BillingReason =
  "subscription_create" | "subscription_cycle" | "subscription_update" | "upcoming" | "manual";

export interface Invoice extends Stored {
  object: "invoice";
  account_country: string;
  account_name: string;
  account_tax_ids: null;
  amount_due: number;
  amount_overpaid: number;
  amount_paid: number;
  amount_paid_off_stripe: number;
  amount_remaining: number;
  amount_shipping: number;
  application: null;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  automatic_tax: { disabled_reason: null; enabled: boolean; liability: null; provider: null; status: null };
  automatically_finalizes_at: number | null;
  billing_reason: BillingReason;
  collection_method: "charge_automatically";
  currency: string;
  custom_fields: null;
  customer: string;
  customer_account: null;
  customer_address: Address | null;
  customer_email: string | null;
  customer_name: string | null;
  customer_phone: string | null;
  customer_shipping: null;
  customer_tax_exempt: "none" | "exempt" | "reverse";
  customer_tax_ids: { type: string; value: string }[];
  default_payment_method: string | null;
  default_source: null;
  default_tax_rates: [];
  description: string | null;
  discounts: string[];
  due_date: null;
  effective_at: number | null;
  ending_balance: number | null;
  footer: null;
  from_invoice: null;
  hosted_invoice_url: string | null;
  invoice_pdf: string | null;
  issuer: { type: "self" };
  last_finalization_error: null;
  latest_revision: null;
  lines: List<Line>;
  metadata: Metadata;
  next_payment_attempt: number | null;
  number: string | null;
  on_behalf_of: null;
  parent: {
    quote_details: null;
    subscription_details: { metadata: Metadata; subscription: string };
    type: "subscription_details";
  };
  payment_settings: { default_mandate: null; payment_method_options: null; payment_method_types: null };
  period_end: number;
  period_start: number;
  post_payment_credit_notes_amount: number;
  pre_payment_credit_notes_amount: number;
  receipt_number: null;
  rendering: null;
  shipping_cost: null;
  shipping_details: null;
  starting_balance: number;
  statement_descriptor: null;
  status: "draft" | "open" | "paid" | "uncollectible" | "void";
  status_transitions: {
    finalized_at: number | null;
    marked_uncollectible_at: number | null;
    paid_at: number | null;
    voided_at: number | null;
  };
  subtotal: number;
  subtotal_excluding_tax: number;
  test_clock: string | null;
  total: number;
  total_discount_amounts: { amount: number; discount: string }[];
  total_excluding_tax: number;
  total_pretax_credit_amounts: [];
  total_taxes: [];
  webhooks_delivered_at: number | null;
}

export interface InvoicePayment extends Stored {
  object: "invoice_payment";
  amount_paid: number | null;
  amount_requested: number;
  currency: string;
  invoice: string;
  is_default: boolean;
  payment: { payment_intent: string; type: "payment_intent" };
  status: "open" | "paid" | "canceled";
  status_transitions: { canceled_at: number | null; paid_at: number | null };
}

export interface CheckoutSession extends Stored {
  object: "checkout.session";
  allow_promotion_codes: boolean | null;
  amount_subtotal: number | null;
  amount_total: number | null;
  automatic_tax: { enabled: boolean; liability: null; provider: null; status: null };
  billing_address_collection: "auto" | "required" | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  client_secret: null;
  consent: null;
  consent_collection: null;
  currency: string | null;
  custom_fields: [];
  custom_text: {
    after_submit: null;
    shipping_address: null;
    submit: null;
    terms_of_service_acceptance: null;
  };
  customer: string | null;
  customer_account: null;
  customer_creation: "always" | "if_required" | null;
  customer_details: {
    address: Address | null;
    business_name: string | null;
    email: string | null;
    individual_name: string | null;
    name: string | null;
    phone: string | null;
    tax_exempt: "none" | "exempt" | "reverse" | null;
    tax_ids: { type: string; value: string }[] | null;
  } | null;
  customer_email: string | null;
  discounts: { coupon: string | null; promotion_code: string | null }[] | null;
  expires_at: number;
  invoice: string | null;
  invoice_creation: null;
  locale: string | null;
  metadata: Metadata;
  mode: "subscription";
  payment_intent: null;
  payment_link: null;
  payment_method_collection: "always" | "if_required";
  payment_method_options: null;
  payment_method_types: string[];
  payment_status: "paid" | "unpaid" | "no_payment_required";
  phone_number_collection: { enabled: boolean };
  recovered_from: null;
  setup_intent: null;
  shipping_address_collection: null;
  shipping_cost: null;
  shipping_options: [];
  status: "open" | "complete" | "expired";
  submit_type: null;
  subscription: string | null;
  success_url: string | null;
  tax_id_collection: { enabled: boolean; required: "if_supported" | "never" };
  total_details: { amount_discount: number; amount_shipping: number; amount_tax: number };
  ui_mode: "hosted_page";
  url: string | null;
  wallet_options: null;
}

export interface PortalConfiguration extends Stored {
  object: "billing_portal.configuration";
  active: boolean;
  application: null;
  business_profile: {
    headline: string | null;
    privacy_policy_url: string | null;
    terms_of_service_url: string | null;
  };
  default_return_url: string | null;
  features: {
    customer_update: { allowed_updates: string[]; enabled: boolean };
    invoice_history: { enabled: boolean };
    payment_method_update: { enabled: boolean; payment_method_configuration: null };
    subscription_cancel: {
      cancellation_reason: { enabled: boolean; options: string[] };
      enabled: boolean;
      mode: "at_period_end" | "immediately";
      proration_behavior: "none" | "create_prorations" | "always_invoice";
    };
    subscription_update: {
      billing_cycle_anchor: null;
      default_allowed_updates: string[];
      enabled: boolean;
      products: null;
      proration_behavior: "none" | "create_prorations" | "always_invoice";
      schedule_at_period_end: { conditions: [] };
      trial_update_behavior: "end_trial" | "continue_trial";
    };
  };
  is_default: boolean;
  login_page: { enabled: boolean; url: null };
  metadata: Metadata;
  name: string | null;
  updated: number;
}

export interface PortalSession extends Stored {
  object: "billing_portal.session";
  configuration: string;
  customer: string;
  customer_account: null;
  flow: {
    after_completion: { hosted_confirmation: null; redirect: { return_url: string } | null; type: string };
    subscription_cancel: { retention: null; subscription: string } | null;
    subscription_update: null;
    subscription_update_confirm: null;
    type: string;
  } | null;
  locale: string | null;
  on_behalf_of: null;
  return_url: string | null;
  url: string;
}

export interface StripeEvent extends Stored {
  object: "event";
  api_version: string;
  data: { object: object; previous_attributes?: Record<string, unknown> };
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface TestClock extends Stored {
  object: "test_helpers.test_clock";
  deletes_after: number;
  frozen_time: number;
  name: string | null;
  status: "ready" | "advancing";
  status_details: { advancing?: { target_frozen_time: number } };
}

/** Everything that has an id and can be retrieved or expanded. */
export interface Collections {
  product: Product;
  price: Price;
  "billing.meter": Meter;
  customer: Customer;
  tax_id: TaxId;
  customer_balance_transaction: BalanceTransaction;
  payment_method: PaymentMethod;
  payment_intent: PaymentIntent;
  coupon: Coupon;
  promotion_code: PromotionCode;
  discount: Discount;
  subscription: Subscription;
  invoice: Invoice;
  invoice_payment: InvoicePayment;
  "checkout.session": CheckoutSession;
  "billing_portal.configuration": PortalConfiguration;
  "billing_portal.session": PortalSession;
  event: StripeEvent;
  "test_helpers.test_clock": TestClock;
}

export type Kind = keyof Collections;
