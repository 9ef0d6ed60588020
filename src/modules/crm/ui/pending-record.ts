/** A record that stands in its list before the server has it: not yet to be opened. */
const MARK = "pending-";
let last = 0;

export const pendingId = (): string => `${MARK}${++last}`;
export const isPending = (id: string): boolean => id.startsWith(MARK);
