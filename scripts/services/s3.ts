import fs from "node:fs";
import path from "node:path";
import { answers } from "../processes";
import { portFor, supervise, type Service } from "./service";

export interface S3At {
  url: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** s3rver: an object store on disk. The browser uploads to it directly, hence the rules for other origins. */
export const s3: Service<S3At, { app: string }> = {
  name: "s3",
  async start(context, { app }) {
    const port = await portFor(context, "s3", 4568);
    const url = `http://127.0.0.1:${port}`;
    const folder = path.join(context.home, "s3");
    const bucket = "tenantry";
    const rules = path.join(context.home, "s3-cors.xml");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(rules, corsRules(app));
    return supervise(
      context,
      // s3rver knows this one pair of keys.
      { url, bucket, region: "us-east-1", accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
      {
        name: "s3",
        launch: {
          program: process.execPath,
          args: [
            path.join(context.root, "scripts", "services", "s3-server.mjs"),
            `--port=${port}`,
            `--folder=${folder}`,
            `--bucket=${bucket}`,
            `--cors=${rules}`,
          ],
        },
        probe: () => answers(url),
        timeoutMs: 30_000,
        mark: `--port=${port}`,
      },
    );
  },
};

function corsRules(app: string): string {
  const methods = ["GET", "HEAD", "PUT", "POST"]
    .map((method) => `<AllowedMethod>${method}</AllowedMethod>`)
    .join("");
  const exposed = ["ETag", "Content-Range", "Accept-Ranges", "Content-Length"]
    .map((header) => `<ExposeHeader>${header}</ExposeHeader>`)
    .join("");
  return `<CORSConfiguration><CORSRule><AllowedOrigin>${app}</AllowedOrigin>${methods}<AllowedHeader>*</AllowedHeader>${exposed}<MaxAgeSeconds>300</MaxAgeSeconds></CORSRule></CORSConfiguration>\n`;
}
