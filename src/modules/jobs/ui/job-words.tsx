import { StatusDot } from "~/ui/status-dot";
import type { Tone } from "~/ui/tone";
import type { JobStatus } from "../schema";

export const STATUS_WORDS: Record<JobStatus, string> = {
  SCHEDULED: "Scheduled",
  PENDING: "Waiting",
  RUNNING: "Running",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

const LOOKS: Record<JobStatus, { tone: Tone; shape: "full" | "half" | "ring" | "cross" }> = {
  SCHEDULED: { tone: "info", shape: "ring" },
  PENDING: { tone: "neutral", shape: "ring" },
  RUNNING: { tone: "accent", shape: "half" },
  COMPLETED: { tone: "positive", shape: "full" },
  FAILED: { tone: "negative", shape: "cross" },
  CANCELLED: { tone: "neutral", shape: "cross" },
};

export const JobState = ({ status }: { status: JobStatus }) => (
  <StatusDot {...LOOKS[status]} live={status === "RUNNING"}>
    {STATUS_WORDS[status]}
  </StatusDot>
);

/** "3 s", "4 min 10 s", "2 h 5 min". */
export function durationWords(fromMs: number, untilMs: number): string {
  const seconds = Math.max(0, Math.round((untilMs - fromMs) / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}
