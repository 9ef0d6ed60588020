/** What people did before React was there; kept by the script below for `useEarlyTyping`. */
export interface EarlyTyping {
  typed: WeakMap<Element, string>;
  /** Forms that were sent, and the controls they had then. */
  sent: WeakMap<HTMLFormElement, Element[]>;
  /** Forms that React answers for. */
  awake: WeakSet<HTMLFormElement>;
}

/**
 * Runs before everything else of a page. A form without an address of its own is answered by React: sent before that, the
 * browser would load the page anew without what was typed.
 */
export const EARLY_TYPING_SCRIPT = `(() => {
  const early = (window.tenantryEarly = { typed: new WeakMap(), sent: new WeakMap(), awake: new WeakSet() });
  addEventListener("input", ({ target }) => {
    if (!early.awake.has(target.form)) early.typed.set(target, target.value);
  }, true);
  addEventListener("submit", (event) => {
    if (event.target.hasAttribute("action")) return;
    event.preventDefault();
    if (!early.awake.has(event.target)) early.sent.set(event.target, [...event.target.elements]);
  }, true);
})()`;
