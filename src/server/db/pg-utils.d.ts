declare module "pg/lib/utils.js" {
  /** Turns a JavaScript value into what the wire protocol takes. */
  export const prepareValue: (value: unknown) => unknown;
}
