import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";

/** For `<html className>`: defines the families that `font-sans` and `font-mono` name. */
export const fontVariables = `${GeistSans.variable} ${GeistMono.variable}`;
