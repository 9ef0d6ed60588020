import type { Metadata } from "next";
import { duplicatesOf } from "../../../duplicates";

export const metadata: Metadata = { title: "Duplicate companies" };

export default duplicatesOf("company", "phone");
