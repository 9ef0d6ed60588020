/**
 * Which classes set the same property, for the classes that this project writes: a tenth of tailwind-merge's own table,
 * which every page would load. `class-merge.test.ts` holds the two equal over every pair of classes in the code.
 */
import { createTailwindMerge, validators } from "tailwind-merge";

type Test = (value: string) => boolean;
const { isAny: any, isNumber, isArbitraryLength } = validators;
const oneOf =
  (words: string): Test =>
  (value) =>
    words.split(" ").includes(value);

/** Classes `{prefix}-{anything}`: one property each, whatever the value. */
const BY_PREFIX =
  "aspect size w h min-w min-h max-w max-h inset inset-x inset-y start end top right bottom left z order basis grow shrink " +
  "grid-cols grid-rows auto-cols auto-rows grid-flow gap gap-x gap-y p px py ps pe pt pr pb pl m mx my ms me mt mr mb ml " +
  "items self justify justify-items justify-self place-content place-items place-self overflow overflow-x overflow-y " +
  "overscroll overscroll-x overscroll-y object col-span row-span leading tracking whitespace line-clamp underline-offset " +
  "opacity cursor pointer-events select resize touch will-change animate duration ease delay transition origin rotate " +
  "translate translate-x translate-y scale scale-x scale-y fill stroke outline-offset accent caret list content break wrap " +
  "rounded rounded-s rounded-e rounded-t rounded-b rounded-ss rounded-se rounded-es rounded-ee snap align table appearance " +
  "space-x space-y scroll-m scroll-mt scroll-mb scroll-mx scroll-my columns decoration hyphens backdrop-blur blur filter mask field-sizing";
const sides = (name: string, ends: string): string[] => ends.split(" ").map((end) => `${name}${end}`);

const widths: Test = (value) => isNumber(value) || isArbitraryLength(value);
const lines = oneOf("solid dashed dotted double hidden none");
const BORDERS = [
  "border",
  "border-x",
  "border-y",
  "border-s",
  "border-e",
  "border-t",
  "border-r",
  "border-b",
  "border-l",
];

export const mergeClasses = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups: {
    ...Object.fromEntries(BY_PREFIX.split(" ").map((name) => [name, [{ [name]: ["", any] }]])),
    display: [
      "block",
      "inline-block",
      "inline",
      "flex",
      "inline-flex",
      "grid",
      "inline-grid",
      "contents",
      "hidden",
      "table",
    ],
    position: ["static", "fixed", "absolute", "relative", "sticky"],
    visibility: ["visible", "invisible", "collapse"],
    sr: ["sr-only", "not-sr-only"],
    "font-style": ["italic", "not-italic"],
    "text-overflow": ["truncate"],
    "text-decoration": ["underline", "overline", "line-through", "no-underline"],
    transform: ["uppercase", "lowercase", "capitalize", "normal-case"],
    "number-spacing": ["tabular-nums", "proportional-nums"],
    "flex-direction": [{ flex: ["row", "row-reverse", "col", "col-reverse"] }],
    "flex-wrap": [{ flex: ["nowrap", "wrap", "wrap-reverse"] }],
    flex: [{ flex: [any] }],
    "font-weight": [{ font: ["normal", "medium", "semibold", "bold"] }],
    "font-family": [{ font: [any] }],
    "text-alignment": [{ text: ["left", "center", "right", "start", "end"] }],
    "text-wrap": [{ text: ["wrap", "nowrap", "balance", "pretty"] }],
    "font-size": [{ text: ["base", validators.isTshirtSize, isArbitraryLength] }],
    "text-color": [{ text: [any] }],
    "bg-color": [{ bg: [any] }],
    ...Object.fromEntries(BORDERS.map((name) => [`${name}-width`, [{ [name]: ["", widths] }]])),
    "border-style": [{ border: [lines] }],
    "border-collapse": [{ border: ["collapse", "separate"] }],
    "border-spacing": [{ "border-spacing": [any] }],
    ...Object.fromEntries(BORDERS.map((name) => [`${name}-color`, [{ [name]: [any] }]])),
    "outline-width": [{ outline: ["", widths] }],
    "outline-style": [{ outline: [lines] }],
    "outline-color": [{ outline: [any] }],
    "ring-width": [{ ring: ["", widths] }],
    "ring-color": [{ ring: [any] }],
    "divide-x": [{ "divide-x": ["", widths] }],
    "divide-y": [{ "divide-y": ["", widths] }],
    "divide-color": [{ divide: [any] }],
    shadow: [{ shadow: ["", "none", "float"] }],
    "shadow-color": [{ shadow: [any] }],
  },
  conflictingClassGroups: {
    inset: ["inset-x", "inset-y", "start", "end", "top", "right", "bottom", "left"],
    "inset-x": ["start", "end", "right", "left"],
    "inset-y": ["top", "bottom"],
    flex: ["basis", "grow", "shrink"],
    gap: ["gap-x", "gap-y"],
    p: sides("p", "x y s e t r b l"),
    px: sides("p", "s e r l"),
    py: sides("p", "t b"),
    m: sides("m", "x y s e t r b l"),
    mx: sides("m", "s e r l"),
    my: sides("m", "t b"),
    size: ["w", "h"],
    overflow: ["overflow-x", "overflow-y"],
    overscroll: ["overscroll-x", "overscroll-y"],
    "line-clamp": ["display", "overflow"],
    "font-size": ["leading"],
    rounded: sides("rounded", "-s -e -t -b -ss -se -es -ee"),
    "rounded-s": ["rounded-ss", "rounded-es"],
    "rounded-e": ["rounded-se", "rounded-ee"],
    "border-width": BORDERS.slice(1).map((name) => `${name}-width`),
    "border-x-width": ["border-s-width", "border-e-width", "border-r-width", "border-l-width"],
    "border-y-width": ["border-t-width", "border-b-width"],
    "border-color": BORDERS.slice(1).map((name) => `${name}-color`),
    "border-x-color": ["border-s-color", "border-e-color", "border-r-color", "border-l-color"],
    "border-y-color": ["border-t-color", "border-b-color"],
    translate: ["translate-x", "translate-y"],
    scale: ["scale-x", "scale-y"],
  },
  conflictingClassGroupModifiers: { "font-size": ["leading"] },
  orderSensitiveModifiers: [
    "*",
    "**",
    "after",
    "before",
    "file",
    "first-letter",
    "marker",
    "placeholder",
    "selection",
  ],
}));
