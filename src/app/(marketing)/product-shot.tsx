import Image, { type StaticImageData } from "next/image";
import { classNames } from "~/ui/class-names";

type Props = {
  light: StaticImageData;
  dark: StaticImageData;
  /** What can be seen, for those who cannot. */
  alt: string;
  /** How wide it is shown, as `sizes` of an image has it. */
  sizes: string;
  /** Seen first: not put off until somebody scrolls. */
  isFirst?: boolean;
  className?: string;
};

/** A picture of the product in the reader's theme. The other one is not loaded, since it is not displayed. */
export function ProductShot({ light, dark, alt, sizes, isFirst = false, className }: Props) {
  const style = "h-auto w-full";
  return (
    <div
      className={classNames("overflow-clip rounded-lg border border-line bg-sunken shadow-float", className)}
    >
      <Image
        src={light}
        alt={alt}
        sizes={sizes}
        loading={isFirst ? "eager" : "lazy"}
        className={classNames(style, "dark:hidden")}
      />
      <Image
        src={dark}
        alt={alt}
        sizes={sizes}
        loading="lazy"
        className={classNames(style, "hidden dark:block")}
      />
    </div>
  );
}
