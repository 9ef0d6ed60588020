import { DomainError } from "~/kernel/errors";

export const correctsTooMuch = () =>
  new DomainError(
    "invalid",
    "metering.corrects_too_much",
    "A correction can take away at most what the entry and its earlier corrections add up to.",
  );
