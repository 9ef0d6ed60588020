"use client";

/**
 * A button whose menu, dialog or tooltip is loaded when somebody comes near it. The button is there from the start and
 * stays the same element; once loaded, Radix borrows it as its trigger. A press that comes before is made up for.
 */
import { Slot } from "radix-ui/slot";
import {
  type ComponentType,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

export interface OverlayProps {
  /** Goes where the button would: `<DropdownMenuTrigger>{trigger}</DropdownMenuTrigger>`. */
  trigger: ReactElement;
}

export interface LateOverlayProps<Given extends object> {
  opens: "menu" | "dialog" | "tooltip";
  /** `() => import("./x-menu").then((room) => room.XMenu)` */
  load: () => Promise<ComponentType<Given & OverlayProps>>;
  /** What the loaded component is given besides its trigger. */
  given: Given;
  /** One button; it must be able to take a ref. */
  children: ReactElement;
}

const OPENING_KEYS = ["Enter", " ", "ArrowDown"];

export function LateOverlay<Given extends object>({ opens, load, given, children }: LateOverlayProps<Given>) {
  // Of a hundred tooltips few are ever wanted: only those keep their element as state.
  const [element, setElement] = useState<HTMLElement | null>(null);
  const elementRef = useRef<HTMLElement>(null);
  const isWantedRef = useRef(false);
  const keep = useCallback((node: HTMLElement | null) => {
    elementRef.current = node;
    if (isWantedRef.current) setElement(node);
  }, []);
  const [loaded, setLoaded] = useState<{ Overlay: ComponentType<Given & OverlayProps> } | null>(null);
  const missedRef = useRef<Event | null>(null);
  /** A hint for what was pressed meanwhile would lie over what the press opened. */
  const isPressedRef = useRef(false);

  const wake = (press?: Event) => {
    if (loaded) return;
    if (press) missedRef.current = press;
    load().then(
      (Overlay) => {
        if (opens === "tooltip" && isPressedRef.current) return;
        isWantedRef.current = true;
        setElement(elementRef.current);
        setLoaded({ Overlay });
      },
      // Without a connection nothing comes; the next press asks again.
      () => (missedRef.current = null),
    );
  };
  const nearing = {
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      isPressedRef.current = false;
      if (opens !== "tooltip" || pointerType !== "touch") wake();
    },
    onFocus: ({ currentTarget }: FocusEvent) => {
      if (opens !== "tooltip" || currentTarget.matches(":focus-visible")) wake();
    },
  };
  const opening = {
    menu: {
      onPointerDown: (event: PointerEvent) => {
        if (loaded || event.button !== 0 || event.ctrlKey) return;
        event.preventDefault();
        wake(new window.PointerEvent("pointerdown", { button: 0, cancelable: true }));
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (loaded || !OPENING_KEYS.includes(event.key)) return;
        event.preventDefault();
        wake(new window.KeyboardEvent("keydown", { key: event.key, cancelable: true }));
      },
      "aria-haspopup": "menu" as const,
      "aria-expanded": false,
    },
    dialog: {
      onClick: () => wake(new window.MouseEvent("click", { cancelable: true })),
      "aria-haspopup": "dialog" as const,
      "aria-expanded": false,
    },
    tooltip: {
      onPointerDown: () => {
        isPressedRef.current = true;
      },
    },
  }[opens];

  return (
    <>
      <Slot ref={keep} {...nearing} {...opening}>
        {children}
      </Slot>
      {loaded && element && (
        <loaded.Overlay
          {...given}
          trigger={<Borrowed element={element} missedRef={missedRef} isHint={opens === "tooltip"} />}
        />
      )}
    </>
  );
}

/** What Radix asks its trigger to hear. */
const HEARD = ["PointerMove", "PointerLeave", "PointerDown", "KeyDown", "Focus", "Blur", "Click"] as const;
type Heard = { [Name in (typeof HEARD)[number] as `on${Name}`]?: (event: Event) => void };
type Told = Heard & { id?: string; ref?: Ref<HTMLElement> } & Record<`aria-${string}`, unknown>;

/** Stands where Radix expects its trigger: what Radix hears from it and says of it is heard from and said of `element`. */
function Borrowed({
  element,
  missedRef,
  isHint,
  ref,
  ...told
}: { element: HTMLElement; missedRef: RefObject<Event | null>; isHint: boolean } & Told) {
  useImperativeHandle(ref, () => element, [element]);
  // What whoever wrote the button says of it stays theirs.
  const [theirs] = useState(
    () => new Set(element.getAttributeNames().filter((name) => name !== "aria-expanded")),
  );
  const latest = useRef<Told>(told);
  useLayoutEffect(() => {
    latest.current = told;
    for (const [name, value] of Object.entries(told)) {
      if (theirs.has(name) || !(name.startsWith("aria-") || (name === "id" && !isHint))) continue;
      if (value === undefined) element.removeAttribute(name);
      else element.setAttribute(name, String(value));
    }
  });
  useEffect(() => {
    const ended = new AbortController();
    for (const name of HEARD) {
      const hear = (event: Event) => latest.current[`on${name}`]?.(event);
      element.addEventListener(name.toLowerCase(), hear, { signal: ended.signal });
    }
    const missed = missedRef.current;
    // After the effects of the menu around it, which asks by then whether keys are in use: so they choose its first item.
    if (missed) queueMicrotask(() => element.dispatchEvent(missed));
    else if (isHint && element.matches(":focus-visible"))
      element.dispatchEvent(new window.FocusEvent("focus"));
    else if (isHint && element.matches(":hover"))
      element.dispatchEvent(new window.PointerEvent("pointermove"));
    missedRef.current = null;
    return () => ended.abort();
  }, [element, missedRef, isHint]);
  return null;
}
