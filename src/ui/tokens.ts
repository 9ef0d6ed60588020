export interface Tokens {
  light: ReadonlyMap<string, string>;
  dark: ReadonlyMap<string, string>;
}

/** The opaque colours of tokens.css by name; translucent ones are left out. Throws if a scheme is missing. */
export function readTokens(css: string): Tokens {
  const colours = (selector: string): Map<string, string> => {
    const start = css.indexOf(`\n${selector} {`);
    if (start < 0) throw new Error(`tokens.css has no block ${selector}`);
    const block = css.slice(start, css.indexOf("\n}", start));
    return new Map(
      Array.from(block.matchAll(/--([\w-]+):\s*(oklch\([\d.\s]+\));/g), ([, name = "", value = ""]) => [
        name,
        value,
      ]),
    );
  };
  return { light: colours(":root"), dark: colours(".dark") };
}
