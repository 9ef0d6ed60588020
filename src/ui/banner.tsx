import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { classNames } from "./class-names";

const look = {
  info: { Icon: Info, frame: "border-info/30 bg-info/6", icon: "text-info" },
  positive: { Icon: CircleCheck, frame: "border-positive/30 bg-positive/6", icon: "text-positive" },
  caution: { Icon: TriangleAlert, frame: "border-caution/35 bg-caution/8", icon: "text-caution" },
  negative: { Icon: CircleAlert, frame: "border-negative/35 bg-negative/6", icon: "text-negative" },
} as const;

export interface BannerProps {
  tone?: keyof typeof look;
  title: ReactNode;
  /** One or two sentences. */
  children?: ReactNode;
  /** One button or link, and perhaps one to close. */
  actions?: ReactNode;
  /** `strip` runs along the top of the page, for what is true everywhere. */
  shape?: "box" | "strip";
  className?: string;
}

export function Banner({ tone = "info", title, children, actions, shape = "box", className }: BannerProps) {
  const { Icon, frame, icon } = look[tone];
  return (
    <div
      role={tone === "negative" ? "alert" : "status"}
      className={classNames(
        "flex flex-wrap items-start gap-x-3 gap-y-2",
        shape === "box" ? "rounded-lg border p-3" : "items-center border-b px-4 py-1.5",
        frame,
        className,
      )}
    >
      <Icon aria-hidden className={classNames("mt-0.5 size-4 shrink-0", icon)} />
      <div className="min-w-0 grow basis-52 text-base">
        <span className="font-medium text-ink">{title}</span>
        {children && (
          <span className={classNames("text-ink-soft", shape === "box" ? "block" : "ms-2")}>{children}</span>
        )}
      </div>
      {actions && <div className="flex items-center gap-2 max-sm:ps-7">{actions}</div>}
    </div>
  );
}
