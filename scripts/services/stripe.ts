import fs from "node:fs";
import path from "node:path";
import { answers } from "../processes";
import { portFor, supervise, type Service } from "./service";

export interface StripeAt {
  /** Its API, its pages (`/c/pay`, `/p/session`, `/i`) and `/_emulator` to steer it. */
  url: string;
}

/** Stripe, emulated on `emulate`: what it knows and keeps stands in stripe-emulator/README.md. */
export const stripe: Service<StripeAt, { app: string }> = {
  name: "stripe",
  async start(context, { app }) {
    const port = await portFor(context, "stripe", 4009);
    const url = `http://127.0.0.1:${port}`;
    fs.mkdirSync(path.join(context.home, "stripe"), { recursive: true });
    return supervise(
      context,
      { url },
      {
        name: "stripe",
        launch: {
          program: process.execPath,
          args: [
            ...["--import", "tsx"],
            path.join(context.root, "scripts", "services", "stripe-emulator", "main.ts"),
            `--port=${port}`,
          ],
          cwd: context.root,
          env: {
            ...process.env,
            STRIPE_EMULATOR_HOME: context.home,
            STRIPE_EMULATOR_URL: url,
            STRIPE_EMULATOR_KEY: context.secrets.stripe.secretKey,
            STRIPE_EMULATOR_WEBHOOK_URL: `${app}/api/webhooks/stripe`,
            STRIPE_EMULATOR_WEBHOOK_SECRET: context.secrets.stripe.webhookSecret,
          },
        },
        probe: () => answers(`${url}/`),
        timeoutMs: 30_000,
        mark: `--port=${port}`,
      },
    );
  },
};
