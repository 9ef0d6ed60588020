import { Fragment } from "react";

/** Words with `code` in them. */
export const Words = ({ children }: { children: string }) =>
  children.split("`").map((part, index) =>
    index % 2 === 0 ? (
      <Fragment key={index}>{part}</Fragment>
    ) : (
      <code key={index} className="rounded-sm bg-ink/6 px-1 font-mono text-[0.92em] break-words text-ink">
        {part}
      </code>
    ),
  );
