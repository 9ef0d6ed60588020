import { classNames } from "./class-names";
import { dyeOf, initials } from "./initials";

const dyeStyle: Record<number, string> = {
  1: "bg-dye-1/14 text-dye-1",
  2: "bg-dye-2/14 text-dye-2",
  3: "bg-dye-3/14 text-dye-3",
  4: "bg-dye-4/14 text-dye-4",
  5: "bg-dye-5/14 text-dye-5",
};

const sizeStyle = {
  small: "size-5 text-xs",
  medium: "size-7 text-xs",
  large: "size-10 text-base",
} as const;

export interface AvatarProps {
  name: string;
  /** What the colour is drawn from: an id, so that a new name keeps the old colour. */
  seed?: string;
  src?: string | undefined;
  size?: keyof typeof sizeStyle;
  /** People are round, everything else has corners. */
  shape?: "person" | "thing";
  className?: string;
}

/** Decorative: the name stands beside it, or in the label of what it sits in. */
export function Avatar({
  name,
  seed = name,
  src,
  size = "medium",
  shape = "person",
  className,
}: AvatarProps) {
  return (
    <span
      aria-hidden
      className={classNames(
        "relative inline-flex shrink-0 items-center justify-center overflow-hidden font-semibold select-none",
        shape === "person" ? "rounded-full" : "rounded-md",
        sizeStyle[size],
        dyeStyle[dyeOf(seed)],
        className,
      )}
    >
      {size === "small" ? Array.from(initials(name))[0] : initials(name)}
      {src && (
        // Covers the initials once it has come; if it never does, they stay.
        // eslint-disable-next-line @next/next/no-img-element -- already small, and stored by whoever uploaded it
        <img src={src} alt="" className="absolute inset-0 size-full object-cover" />
      )}
    </span>
  );
}
