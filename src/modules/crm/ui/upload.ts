/** Puts a file straight into the object store, telling how far it is (0 to 1). Rejects when it does not arrive. */
export function upload(
  file: Blob,
  to: { url: string; headers: Record<string, string> },
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  // XMLHttpRequest, since fetch does not tell the progress of what it sends.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error("The file did not arrive."));
    request.open("PUT", to.url);
    for (const [name, value] of Object.entries(to.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => (request.status >= 200 && request.status < 300 ? resolve() : fail());
    request.onerror = fail;
    request.ontimeout = fail;
    request.onabort = fail;
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
