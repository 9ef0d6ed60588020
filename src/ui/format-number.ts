export interface NumberFormat {
  locale?: string;
  /** ISO 4217 code. Money shows the digits of its currency unless told otherwise. */
  currency?: string;
  /** `percent` takes 0.5 for 50 %; `bytes` chooses kB, MB, GB … of 1000 each. */
  style?: "decimal" | "percent" | "bytes";
  /** 1.2M instead of 1,200,000. */
  compact?: boolean;
  minimumFractionDigits?: number;
  maximumFractionDigits?: number;
  /** Writes + before positive numbers: for changes. */
  signed?: boolean;
}

/** Made once: making one costs more than using it, and a list has fifty numbers. */
const formats = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

const BYTE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;

/**
 * Decimal strings are formatted digit by digit, without a detour through
 * floating point, so that amounts from the server stay exact.
 */
export function formatNumber(value: number | bigint | string, format: NumberFormat = {}): string {
  const { locale = "en", currency, style = "decimal", compact, signed } = format;
  const options: Intl.NumberFormatOptions = {
    ...(compact ? { notation: "compact" } : {}),
    ...(signed ? { signDisplay: "exceptZero" } : {}),
    ...(format.minimumFractionDigits === undefined
      ? {}
      : { minimumFractionDigits: format.minimumFractionDigits }),
    ...(format.maximumFractionDigits === undefined
      ? {}
      : { maximumFractionDigits: format.maximumFractionDigits }),
  };

  if (style === "bytes") {
    const bytes = Number(value);
    const step = Math.min(
      BYTE_UNITS.length - 1,
      Math.max(0, Math.floor(Math.log10(Math.abs(bytes) || 1) / 3)),
    );
    return numberFormat(locale, {
      maximumFractionDigits: step === 0 ? 0 : 1,
      ...options,
      style: "unit",
      unit: BYTE_UNITS[step] ?? "byte",
      unitDisplay: step === 0 ? "long" : "short",
    }).format(bytes / 1000 ** step);
  }

  const formatter = numberFormat(locale, {
    ...options,
    ...(style === "percent" ? { style } : {}),
    ...(currency ? { style: "currency", currency } : {}),
  });
  return formatter.format(value as Intl.StringNumericLiteral);
}
