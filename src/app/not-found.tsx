import type { Metadata } from "next";
import { PageMissing } from "./page-missing";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-4 py-10">
      <h1 className="sr-only">Not found</h1>
      <PageMissing />
    </main>
  );
}
