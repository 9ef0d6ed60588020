/** Makes a logo out of whatever image somebody uploaded: what is stored was written by us, never by them. */
import sharp from "sharp";
import { logoRefused } from "../errors";
import { sniffImage } from "../rules";

/** Pixels on each side of the stored PNG. */
const LOGO_SIZE = 256;
/** A small file can unpack to gigabytes; 8,000 × 5,000 is beyond any logo. */
const MOST_PIXELS = 40_000_000;

/**
 * The image as a square PNG of 256 px, padded with transparency, without its metadata.
 * @throws tenancy.logo_refused for everything that is not a readable PNG, JPEG or WebP by its own bytes.
 */
export async function logoPng(bytes: Uint8Array): Promise<Uint8Array> {
  if (!sniffImage(bytes)) throw logoRefused("This is not a PNG, JPEG or WebP image. Choose another file.");
  try {
    return await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error", animated: false })
      .rotate()
      .resize(LOGO_SIZE, LOGO_SIZE, { fit: "contain", background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer();
  } catch {
    throw logoRefused("This image is damaged or too large to read. Choose another file.");
  }
}
