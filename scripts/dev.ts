import { runUntilEnded } from "./foreground";

await runUntilEnded("development");
