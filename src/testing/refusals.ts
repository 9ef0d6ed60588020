/** Reads the public code out of a refused call, whether a slice threw it or a procedure passed it on. */
export const refused = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? String(error),
  );

/** The field errors of a refused call; empty when there are none. @throws when the call was not refused. */
export const refusedFields = (call: Promise<unknown>): Promise<Record<string, string[]>> =>
  call.then(
    () => {
      throw new Error("the call was not refused");
    },
    (error: { fields?: Record<string, string[]>; cause?: { fields?: Record<string, string[]> } }) =>
      error.cause?.fields ?? error.fields ?? {},
  );
