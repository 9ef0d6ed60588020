import { countryName } from "../rules";

/** "Berlin, Germany", or as much of it as is known. */
export const placeOf = ({ city, countryCode }: { city: string | null; countryCode: string | null }): string =>
  [city, countryCode && countryName(countryCode, "en")].filter(Boolean).join(", ");
