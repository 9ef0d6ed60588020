"use client";

import { Check, CircleAlert, Info } from "lucide-react";
import { useTheme } from "next-themes";
import { useEffect, useEffectEvent } from "react";
import { toast, Toaster as SonnerToaster } from "sonner";

import { buttonStyle } from "./button";
import { classNames } from "./class-names";
import type { ToasterProps } from "./toast";

export interface ToasterScreenProps extends Required<ToasterProps> {
  /** From now on toasts are seen. */
  onThere: (sonner: typeof toast) => void;
  onGone: () => void;
}

/** What `Toaster` loads: the corner where toasts appear. */
export function ToasterScreen({ closeLabel, label, onThere, onGone }: ToasterScreenProps) {
  const { resolvedTheme } = useTheme();
  const there = useEffectEvent(() => onThere(toast));
  const gone = useEffectEvent(onGone);
  useEffect(() => {
    // The live region stands before it says something: one that arrives together with its words is not read out.
    const timer = setTimeout(there, 50);
    return () => {
      clearTimeout(timer);
      gone();
    };
  }, []);
  return (
    <SonnerToaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      closeButton
      containerAriaLabel={label}
      gap={8}
      icons={{
        success: <Check aria-hidden className="size-4 text-positive" />,
        info: <Info aria-hidden className="size-4 text-info" />,
        error: <CircleAlert aria-hidden className="size-4 text-negative" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: closeLabel,
        classNames: {
          toast:
            "group flex w-full items-start gap-2.5 rounded-lg bg-raised p-3 pe-9 font-sans text-base text-ink shadow-float sm:w-90",
          icon: "mt-0.5 flex size-4 shrink-0 items-center justify-center",
          content: "flex min-w-0 grow flex-col gap-0.5",
          title: "font-medium",
          description: "text-sm text-ink-soft",
          actionButton: classNames(buttonStyle({ variant: "secondary", size: "small" }), "-my-0.5"),
          closeButton:
            "absolute end-2 top-2.5 flex size-6 bg-transparent! items-center justify-center rounded-md text-ink-faint transition-colors hover:bg-ink/6 hover:text-ink [&_svg]:size-3.5",
        },
      }}
    />
  );
}
