/** Bodies of plain HTTP doors, read whole but never beyond a limit, whatever the headers say. */
import { DomainError } from "~/kernel/errors";

/** @throws kernel.body_too_large; kernel.body_unreadable when it breaks off or is no UTF-8. */
export async function boundedText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new DomainError("too_large", "kernel.body_too_large", `The body may have ${maxBytes} bytes at most.`, {
      maxBytes,
    });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge();
  if (!request.body) return "";
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.byteLength;
      if (size > maxBytes) throw tooLarge();
      parts.push(part);
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(
      "invalid",
      "kernel.body_unreadable",
      "The body broke off, or is not UTF-8. Send it again.",
      {},
      { cause: error },
    );
  }
}

/** How deep the brackets of a text nest, without parsing it: what is parsed is bounded already. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (isString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) isString = false;
    } else if (char === 0x22) isString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth--;
  }
  return deepest;
}
