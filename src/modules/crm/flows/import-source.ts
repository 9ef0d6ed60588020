/** The file of an import, wherever it lies. */
export type ImportSource = {
  /** Size in bytes and version; null when there is no such file. */
  head(): Promise<{ sizeBytes: number; etag: string } | null>;
  /** Bytes from `from` to `until` (exclusive), at most to the end of the file. */
  read(from: number, until: number): Promise<Buffer>;
};
