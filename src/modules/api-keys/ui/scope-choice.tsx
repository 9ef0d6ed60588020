"use client";
import { SCOPE_TABLE, SCOPES, type Scope } from "~/kernel/scopes";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/checkbox";

const GROUPS = [...new Set(SCOPES.map((scope) => SCOPE_TABLE[scope].group))];
const READING = SCOPES.filter((scope) => SCOPE_TABLE[scope].access === "read");

/** What a key may do, by what it is about. */
export function ScopeChoice({
  value,
  onChange,
}: {
  value: readonly Scope[];
  onChange: (scopes: Scope[]) => void;
}) {
  const set = (scope: Scope, isOn: boolean) =>
    onChange(SCOPES.filter((one) => (one === scope ? isOn : value.includes(one))));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => onChange([...READING])}>
          Read everything
        </Button>
        <Button size="small" onClick={() => onChange([...SCOPES])}>
          Read and write everything
        </Button>
      </div>
      <div className="overflow-clip rounded-lg border border-line">
        {GROUPS.map((group) => (
          <fieldset
            key={group}
            className="grid gap-x-4 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 sm:grid-cols-[7rem_1fr]"
          >
            <legend className="sr-only">{group}</legend>
            <span aria-hidden className="pt-0.5 text-sm font-medium text-ink">
              {group}
            </span>
            <span className="flex flex-col gap-2">
              {SCOPES.filter((scope) => SCOPE_TABLE[scope].group === group).map((scope) => (
                <Checkbox
                  key={scope}
                  label={SCOPE_TABLE[scope].access === "read" ? "Read" : "Write"}
                  description={SCOPE_TABLE[scope].help}
                  checked={value.includes(scope)}
                  onCheckedChange={(isOn) => set(scope, isOn)}
                />
              ))}
            </span>
          </fieldset>
        ))}
      </div>
    </div>
  );
}
