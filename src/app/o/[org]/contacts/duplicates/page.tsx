import type { Metadata } from "next";
import { duplicatesOf } from "../../duplicates";

export const metadata: Metadata = { title: "Duplicate contacts" };

export default duplicatesOf("contact", "name");
