import { UsageByDayInput } from "~/modules/metering";

/** The period an address asks for, counted back from the one that runs; that one when it asks for nothing sensible. */
export function periodOf(asked: string | string[] | null | undefined): number {
  const back = UsageByDayInput.shape.periodsBack.safeParse(Number(asked ?? 0));
  return back.success ? back.data : 0;
}

/** The first instant of the period that an address names itself (`from`); null when it names none. */
export function periodStartOf(asked: string | string[] | null | undefined): Date | null {
  const start = new Date(typeof asked === "string" ? asked : Number.NaN);
  return Number.isNaN(start.getTime()) ? null : start;
}
