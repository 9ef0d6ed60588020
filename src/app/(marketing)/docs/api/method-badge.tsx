import { Badge } from "~/ui/badge";
import type { Tone } from "~/ui/tone";

const TONES: Record<string, Tone> = {
  GET: "info",
  POST: "positive",
  PUT: "caution",
  PATCH: "caution",
  DELETE: "negative",
};

export const MethodBadge = ({ method }: { method: string }) => (
  <Badge tone={TONES[method] ?? "neutral"} className="font-mono">
    {method}
  </Badge>
);
