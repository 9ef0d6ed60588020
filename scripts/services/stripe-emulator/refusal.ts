/** An answer of Stripe's that refuses: its status and the fields of its error body. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: { type: string; message: string; code?: string; param?: string } & Record<string, unknown>,
  ) {
    super(body.message);
  }
}

export function invalid(message: string, param?: string, code?: string): Refusal {
  return new Refusal(400, {
    type: "invalid_request_error",
    message,
    ...(code && { code }),
    ...(param && { param }),
  });
}

export function missing(kind: string, id: string, param = "id"): Refusal {
  // Stripe answers 404 for the object of the address, and 400 for one that a parameter names.
  return new Refusal(param === "id" ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

export function cardDeclined(
  declineCode: string,
  message: string,
  extra: Record<string, unknown> = {},
): Refusal {
  return new Refusal(402, {
    type: "card_error",
    code:
      declineCode === "authentication_required" ? "invoice_payment_intent_requires_action" : "card_declined",
    decline_code: declineCode,
    message,
    ...extra,
  });
}
