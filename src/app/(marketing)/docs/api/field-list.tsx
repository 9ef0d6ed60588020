import type { ReferenceField } from "~/server/rest/reference";
import { Words } from "./words";

type Props = { title: string; fields: readonly ReferenceField[] };

/** Fields of one place, each with its type and what it means. */
export function FieldList({ title, fields }: Props) {
  if (fields.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-sm font-semibold text-ink">{title}</h3>
      <ul className="divide-y divide-line">
        {fields.map(({ name, place, type, choices, isRequired, words }) => (
          <li key={`${place}-${name}`} className="py-2">
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <code className="font-mono break-all text-ink">{name}</code>
              <span className="text-xs text-ink-soft">{type}</span>
              {isRequired && place !== "path" && <span className="text-xs text-caution">required</span>}
            </p>
            {words && (
              <p className="mt-0.5 max-w-prose text-sm text-ink-soft">
                <Words>{words}</Words>
              </p>
            )}
            {choices.length > 0 && choices.length <= 40 && (
              <p className="mt-0.5 text-xs break-words text-ink-soft">
                One of <span className="font-mono">{choices.join(", ")}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
