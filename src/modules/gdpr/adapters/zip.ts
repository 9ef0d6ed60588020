/**
 * A ZIP written while it is sent: entries are asked for one after the other, each when the one before is through, and the
 * whole goes to the object store in parts. What is held at once is a part, whatever the size. ZIP64 where it is needed.
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";

export type ZipEntry = {
  path: string;
  /** Its bytes, from when its turn comes. */
  open: () => AsyncIterable<Buffer | string>;
};
export type WrittenEntry = { path: string; sizeBytes: number; sha256: string };

/**
 * @param entries asked for lazily; what one of them needs to know of those before (a manifest) it finds in `written`.
 * @returns the archive's bytes.
 */
export function zipOf(entries: Iterable<ZipEntry>, written: WrittenEntry[], signal?: AbortSignal): Readable {
  const zip = new ZipFile();
  const out = Readable.from(bytesOf(zip.outputStream), { objectMode: false, highWaterMark: 64 * 1024 });
  const fail = (error: Error) => {
    out.destroy(error);
  };
  zip.on("error", fail);
  for (const { path, open } of entries) {
    zip.addReadStreamLazy(path, { compress: !isPacked(path), mode: 0o100644 }, (give) => {
      if (signal?.aborted) return give(signal.reason as Error, null as never);
      const stream = Readable.from(counted(path, open, written), { objectMode: false });
      // yazl pipes, and a pipe does not carry errors on.
      stream.on("error", fail);
      give(null, stream);
    });
  }
  zip.end();
  return out;
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  for await (const chunk of stream) yield chunk as Buffer;
}

async function* counted(
  path: string,
  open: ZipEntry["open"],
  written: WrittenEntry[],
): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  let sizeBytes = 0;
  for await (const piece of open()) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    hash.update(bytes);
    sizeBytes += bytes.length;
    yield bytes;
  }
  written.push({ path, sizeBytes, sha256: hash.digest("hex") });
}

/** What is packed already grows by packing it again. */
const isPacked = (path: string) => /\.(?:zip|gz|png|jpe?g|webp|avif|mp4|webm|mp3|xlsx|docx|pdf)$/i.test(path);
