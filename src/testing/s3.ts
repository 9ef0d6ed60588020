import { forgetEnv } from "~/server/config/env";
import { s3, type S3At } from "../../scripts/services/s3";
import { startService } from "./services";

/** Starts a real S3 server and points the process's settings at it. Call it in `beforeAll`; it ends with the file. */
export async function startS3(): Promise<S3At> {
  const { at } = await startService(s3, { app: process.env.APP_URL! });
  Object.assign(process.env, {
    S3_ENDPOINT: at.url,
    S3_BUCKET: at.bucket,
    S3_FORCE_PATH_STYLE: "true",
    AWS_REGION: at.region,
    AWS_ACCESS_KEY_ID: at.accessKeyId,
    AWS_SECRET_ACCESS_KEY: at.secretAccessKey,
  });
  forgetEnv();
  return at;
}
