"use client";
import { useState } from "react";
import { Avatar } from "~/ui/avatar";
import { toast } from "~/ui/toast";

export type DemoPerson = { email: string; words: string; name: string | null };

/** People of the seed, one press each; only on a developer's own machine. */
export function DemoPeople({ people, next }: { people: DemoPerson[]; next: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  async function signIn(email: string) {
    setChosen(email);
    const response = await fetch("/api/dev-login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email }),
    }).catch(() => null);
    if (response?.ok) return location.assign(next);
    setChosen(null);
    toast.error("This did not work", { description: "The server did not let this person in. Try again." });
  }
  return (
    <section aria-labelledby="demo-people">
      <h2 id="demo-people" className="text-sm font-medium text-ink">
        Demo people
      </h2>
      <p className="mt-0.5 text-sm text-ink-soft">On this machine only, without a mail.</p>
      <ul className="mt-2 flex flex-col">
        {people.map(({ email, words, name }) => (
          <li key={email}>
            <button
              type="button"
              aria-busy={chosen === email || undefined}
              disabled={chosen !== null}
              onClick={() => void signIn(email)}
              className="-mx-2 flex min-h-10 w-[calc(100%+1rem)] items-center gap-2.5 rounded-md px-2 text-start transition-colors hover:bg-ink/5 disabled:opacity-50 pointer-coarse:min-h-control"
            >
              <Avatar name={name ?? email} seed={email} size="small" />
              <span className="min-w-0 grow truncate text-base text-ink">{email}</span>
              <span className="shrink-0 text-sm text-ink-soft">{words}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
