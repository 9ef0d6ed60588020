import type { Metadata } from "next";
import { CheckMailPage } from "~/modules/auth/ui";

export const metadata: Metadata = { title: "Check your mail" };

export default function CheckMail() {
  return <CheckMailPage />;
}
