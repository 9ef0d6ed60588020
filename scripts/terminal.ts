import type { Stack } from "./stack";

const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (colourful ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);
export const yellow = paint(33);

const PEOPLE: [string, string][] = [
  ["owner@acme.test", "owner of Acme (PRO)"],
  ["admin@acme.test", "admin of Acme"],
  ["member@acme.test", "member of Acme"],
  ["readonly@acme.test", "reads Acme"],
  ["owner@globex.test", "owner of Globex (FREE)"],
  ["staff@tenantry.test", "platform admin"],
];

/** Where everything is and who can sign in. */
export function welcome(stack: Stack, seconds: number): string {
  const { reached, home } = stack;
  const places: [string, string | undefined, string][] = [
    ["App", reached.app, ""],
    ["Mailbox", reached.mail, "every mail lands here"],
    ["Jobs", reached.inngest, "Inngest"],
    ["Google", reached.google, "emulated sign-in"],
    ["Stripe", reached.stripe, "emulated payments"],
    ["Files", reached.s3, "S3"],
    [
      "Database",
      reached.postgres && `127.0.0.1:${new URL(reached.postgres.app).port}/tenantry`,
      "Postgres; URLs in services.json",
    ],
  ];
  const rows = places.filter(([, where]) => where) as [string, string, string][];
  const width = Math.max(...rows.map(([, where]) => where.length), ...PEOPLE.map(([mail]) => mail.length));
  const line = (name: string, value: string, note: string) =>
    `  ${name.padEnd(12)}${bold(value.padEnd(width + 2))}${dim(note)}`;
  return [
    "",
    `  ${green("Tenantry")} is up after ${seconds} s`,
    "",
    ...rows.map((row) => line(...row)),
    "",
    ...PEOPLE.map(([mail, who], at) => line(at === 0 ? "Sign in as" : "", mail, who)),
    "",
    `  ${dim(`State and logs: ${home}. Ctrl-C ends everything; \`npm run reset\` begins anew.`)}`,
    "",
  ].join("\n");
}
