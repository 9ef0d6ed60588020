import path from "node:path";
import { answers } from "../processes";
import { portFor, supervise, type Service } from "./service";

export interface MailAt {
  /** The mailbox in the browser; its REST list is `<web>/api/email`. */
  web: string;
  smtp: string;
}

/** maildev: a real SMTP server that delivers nowhere, with a mailbox to look into. */
export const mail: Service<MailAt> = {
  name: "mail",
  async start(context) {
    const web = await portFor(context, "mail", 1080);
    const smtp = await portFor(context, "smtp", 1025);
    const kept = ["--mail-directory", path.join(context.home, "mail"), "--max-emails", "500"];
    return supervise(
      context,
      { web: `http://127.0.0.1:${web}`, smtp: `smtp://127.0.0.1:${smtp}` },
      {
        name: "mail",
        launch: {
          program: process.execPath,
          args: [
            path.join(context.root, "node_modules", "maildev", "dist", "bin", "maildev.js"),
            // --ip is the SMTP address alone; the mailbox would listen on all without --web-ip.
            ...["--smtp", String(smtp), "--ip", "127.0.0.1", "--web", String(web), "--web-ip", "127.0.0.1"],
            ...kept,
          ],
        },
        probe: () => answers(`http://127.0.0.1:${web}/api/email`),
        timeoutMs: 30_000,
        mark: `--web ${web}`,
      },
    );
  },
};
