"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/checkbox";
import { Dialog, DialogContent } from "~/ui/dialog";
import type { NewKey } from "../schema";

/**
 * A key on the only occasion that it is seen, in a dialog of the page's own: the button or row that made it may go when
 * the list comes anew, and would take the key with it. It stays until the key is said to be stored.
 */
export function NewKeyDialog({ made, onDone }: { made: NewKey | undefined; onDone: () => void }) {
  const [isStored, setStored] = useState(false);
  const [isHeld, setHeld] = useState(false);
  const done = () => {
    setStored(false);
    setHeld(false);
    onDone();
  };
  return (
    <Dialog
      open={made !== undefined}
      onOpenChange={(isOpen) => !isOpen && (isStored ? done() : setHeld(true))}
    >
      {made && (
        <DialogContent
          size="large"
          title={`Store “${made.name}” now`}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            document.querySelector("main")?.focus({ preventScroll: true });
          }}
        >
          <ShownKey
            made={made}
            isStored={isStored}
            isHeld={isHeld && !isStored}
            onStored={setStored}
            onDone={done}
          />
        </DialogContent>
      )}
    </Dialog>
  );
}

type Shown = {
  made: NewKey;
  isStored: boolean;
  /** Somebody tried to leave without having stored it. */
  isHeld: boolean;
  onStored: (isStored: boolean) => void;
  onDone: () => void;
};

function ShownKey({ made, isStored, isHeld, onStored, onDone }: Shown) {
  const [isCopied, setCopied] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(made.key).then(
      () => setCopied(true),
      () => setRefused(true),
    );
  return (
    <div className="flex flex-col gap-5">
      <Banner tone="caution" title="This is the only time the key is shown">
        We keep its fingerprint, not the key. Put it where your program reads its secrets; whoever loses it
        makes another one.
      </Banner>
      <div className="flex flex-col gap-2">
        <code
          tabIndex={0}
          aria-label="The new key"
          className="block rounded-md border border-line bg-sunken px-3 py-2.5 font-mono text-sm break-all text-ink select-all"
        >
          {made.key}
        </code>
        <span className="flex flex-wrap items-center gap-3">
          <Button icon={isCopied ? <Check /> : <Copy />} onClick={() => void copy()}>
            {isCopied ? "Copied" : "Copy key"}
          </Button>
          <span role="status" className="text-sm text-ink-soft">
            {isRefused && "The browser did not let us copy. Select the key and copy it yourself."}
          </span>
        </span>
      </div>
      <div className="flex flex-col gap-1">
        <Checkbox label="I have stored it" checked={isStored} onCheckedChange={(isOn) => onStored(isOn)} />
        <p role="alert" className="text-sm text-negative">
          {isHeld && "Store the key first, then tick this. Once closed, it is never shown again."}
        </p>
      </div>
      <div className="flex justify-end">
        <Button variant="primary" disabled={!isStored} onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
