import path from "node:path";
import { answers } from "../processes";
import { portFor, supervise, type Service } from "./service";

export interface GoogleAt {
  /** The OpenID issuer; `<issuer>/.well-known/openid-configuration` says the rest. */
  issuer: string;
  clientId: string;
}

const CLIENT_ID = "tenantry-local.apps.googleusercontent.com";

/** Who can sign in at the emulator: two demo users, a newcomer, and one whose address Google has not verified. */
const USERS = [
  { email: "owner@acme.test", name: "Olivia Owens" },
  { email: "member@acme.test", name: "Marcus Meyer" },
  { email: "newcomer@gmail.test", name: "Nora Newcomer" },
  { email: "unverified@gmail.test", name: "Uma Unverified", email_verified: false },
];

/** Google's OAuth by `emulate`: a page on which a person chooses whom to be. */
export const google: Service<GoogleAt, { app: string }> = {
  name: "google",
  async start(context, { app }) {
    const port = await portFor(context, "google", 4002);
    const issuer = `http://127.0.0.1:${port}`;
    const client = {
      name: "Tenantry",
      client_id: CLIENT_ID,
      client_secret: context.secrets.googleClientSecret,
      redirect_uris: [`${app}/api/auth/callback/google`],
    };
    return supervise(
      context,
      { issuer, clientId: CLIENT_ID },
      {
        name: "google",
        launch: {
          program: process.execPath,
          args: [path.join(context.root, "scripts", "services", "google-emulator.mjs"), `--port=${port}`],
          env: {
            ...process.env,
            EMULATOR_BASE_URL: issuer,
            EMULATOR_SEED: JSON.stringify({ google: { users: USERS, oauth_clients: [client] } }),
          },
        },
        probe: () => answers(`${issuer}/.well-known/openid-configuration`),
        timeoutMs: 30_000,
        mark: `--port=${port}`,
      },
    );
  },
};
