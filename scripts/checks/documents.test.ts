// What the documents tell a reader to run, open or follow is there.
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { SCOPES } from "../../src/kernel/scopes";

const documents = [
  ...fs.readdirSync(".").filter((name) => name.endsWith(".md")),
  ...fs
    .readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...fs
    .readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("README.md"))
    .map((name) => path.join("src", name)),
];
const textOf = (document: string) => fs.readFileSync(document, "utf8");
const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };

/** Everything of a kind that a document names and that is not there, with the document. */
const missing = (
  namedIn: (text: string, document: string) => string[],
  isThere: (name: string) => boolean,
) => {
  const named = documents.flatMap((document) =>
    namedIn(textOf(document), document).map((name) => ({ document, name })),
  );
  expect(named.length).toBeGreaterThan(10);
  return named.filter(({ name }) => !isThere(name)).map(({ document, name }) => `${document}: ${name}`);
};
const coded = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found!);

it("names only commands that package.json has", () => {
  const groups = [...new Set(Object.keys(scripts).flatMap((name) => name.match(/^\w+(?=:)/) ?? []))];
  const short = new RegExp(`^((?:${groups.join("|")}):[a-z0-9]+)(?: |$)`, "g");
  expect(
    missing(
      (text) => [
        ...matches(text, /\bnpm run ([a-z][a-z0-9:]*)/g),
        ...coded(text).flatMap((code) => matches(code, short)),
      ],
      // What a key may is written the same way.
      (name) => name in scripts || (SCOPES as string[]).includes(name),
    ),
  ).toEqual([]);
});

it("names only files and folders of the repository that are there", () => {
  const roots = fs
    .readdirSync(".")
    .filter((name) => fs.statSync(name).isDirectory() && name !== "node_modules");
  const below = fs.readdirSync("src").filter((name) => fs.statSync(`src/${name}`).isDirectory());
  const isPath = (code: string) =>
    /^[\w.@[\]()*-]+(?:\/[\w.@[\]()*-]+)+\/?$/.test(code) &&
    [...roots, ...below].includes(code.split("/")[0]!) &&
    !code.startsWith(".tenantry/");
  const isThere = (at: string) =>
    fs.existsSync(at) || fs.existsSync(`${at}.ts`) || (at.includes("*") && fs.globSync(at).length > 0);
  expect(
    missing(
      (text, document) =>
        [...coded(text).filter(isPath), ...matches(text, /(?<![\w/.])(docs\/[\w/-]+\.\w+)/g)]
          // As seen from the root, from `src`, or beside the document.
          .map(
            (name) => [name, `src/${name}`, path.join(path.dirname(document), name)].find(isThere) ?? name,
          ),
      isThere,
    ),
  ).toEqual([]);
});

it("promises in AGENTS.md only contracts that the code has, in the file it names", () => {
  const section = /## Contracts[^\n]*\n([\s\S]*?)\n## /.exec(textOf("AGENTS.md"))![1]!;
  const contracts = section
    .split(/^- /m)
    .slice(1)
    .map((contract) => {
      const spans = coded(contract);
      const places = spans.filter((span) => span.startsWith("src/"));
      const names = spans
        .filter((span) => !places.includes(span) && !span.endsWith(".ts"))
        .flatMap((span) => /^(?:\w+\.)*([A-Za-z_]+)(?=\(|\.meta|$)/.exec(span)?.[1] ?? []);
      return { contract, places, names };
    });
  const codeIn = (place: string): string =>
    fs.statSync(place).isDirectory()
      ? fs
          .readdirSync(place, { recursive: true, encoding: "utf8" })
          .filter((file) => file.endsWith(".ts"))
          .map((file) => textOf(path.join(place, file)))
          .join("\n")
      : textOf(place);
  expect(contracts.length).toBeGreaterThan(8);
  const broken = contracts.flatMap(({ contract, places, names }) => {
    const code = places.map(codeIn).join("\n");
    return places.length === 0 ? [contract] : names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code));
  });
  expect(broken).toEqual([]);
});

it("links only to what is there", () => {
  expect(
    missing(
      (text, document) =>
        matches(text, /\]\((?!https?:|#|mailto:)([^)#\s]+)/g).map((to) =>
          path.join(path.dirname(document), to),
        ),
      (name) => fs.existsSync(name),
    ),
  ).toEqual([]);
});

it("refers only to decisions that were taken", () => {
  const taken = fs.readdirSync("docs/adr").map((name) => name.slice(0, 4));
  expect(
    missing(
      (text) => matches(text, /\bADRs? (\d{4})\b/g),
      (number) => taken.includes(number),
    ),
  ).toEqual([]);
});
