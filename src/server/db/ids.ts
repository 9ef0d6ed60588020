import { v7 } from "uuid";

/** A new row id: uuid v7, so that ids sort by creation. */
export const newId = (): string => v7();
