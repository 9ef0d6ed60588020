import { StatusDot } from "~/ui/status-dot";
import type { HealthLine } from "../schema";
import { HEALTH_LOOKS } from "./words";

const WEIGHT: Record<HealthLine["state"], number> = { bad: 0, watch: 1, ok: 2, unknown: 3 };

/** What is wrong first. */
export const HealthList = ({ lines }: { lines: HealthLine[] }) => (
  <ul className="divide-y divide-line">
    {[...lines]
      .sort((a, b) => WEIGHT[a.state] - WEIGHT[b.state])
      .map(({ key, label, state, says }) => (
        <li
          key={key}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[11rem_8rem_minmax(0,1fr)]"
        >
          <span className="text-base text-ink">{label}</span>
          <StatusDot tone={HEALTH_LOOKS[state].tone} shape={HEALTH_LOOKS[state].shape}>
            {HEALTH_LOOKS[state].label}
          </StatusDot>
          <span className="col-span-2 min-w-0 text-sm break-words text-ink-soft sm:col-span-1">{says}</span>
        </li>
      ))}
  </ul>
);
