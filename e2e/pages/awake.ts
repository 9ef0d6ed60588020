import { expect, type Locator } from "@playwright/test";

/** Waits until React has taken over what the server drew: before that it looks the same, and does nothing when pressed. */
export async function awake(what: Locator): Promise<Locator> {
  const isTaken = () =>
    what
      .first()
      .evaluate((element) => Object.keys(element).some((key) => key.startsWith("__reactProps")))
      .catch(() => false);
  await expect.poll(isTaken, { message: `${what} answers` }).toBe(true);
  return what;
}
