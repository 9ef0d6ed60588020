/** Saved views: what may cross this slice's doors. Pure; safe in the browser. */
import { z } from "zod";
import { line } from "~/kernel/text";

const List = z.string().regex(/^[a-z][a-z-]{0,39}$/);
const Key = z.string().min(1).max(40);

/**
 * What a list shows, as its address says it. Names are those of the list when the view was kept: what the list does not
 * know any more is passed over when the view is opened.
 */
export const ViewState = z.object({
  search: z.string().max(200).default(""),
  sort: Key.nullable().default(null),
  filters: z
    .record(Key, z.string().max(200))
    .refine((filters) => Object.keys(filters).length <= 20, "At most 20 filters.")
    .default({}),
  /** Keys of the columns on screen; null for the usual ones. */
  columns: z.array(Key).max(40).nullable().default(null),
});
export type ViewState = z.infer<typeof ViewState>;

export const ViewName = line(60);

export const ListInput = z.object({ list: List });
export const View = z.object({
  id: z.uuid(),
  name: z.string(),
  state: ViewState,
  isShared: z.boolean(),
  /** Own, or shared by oneself, or by anybody for whoever runs the organization. */
  mayChange: z.boolean(),
});
export type View = z.infer<typeof View>;
export const Views = z.object({
  /** Own ones first, each by name. */
  views: z.array(View),
  /** What the person's list opens with; null for everything. */
  defaultId: z.uuid().nullable(),
  /** Whether views of one's own change here: not by staff who look at it as the person. */
  mayKeep: z.boolean(),
  mayShare: z.boolean(),
});
export type Views = z.infer<typeof Views>;
export const OpenedView = View.nullable();

export const KeepViewInput = z.object({ list: List, name: ViewName, state: ViewState });
export const ChangeViewInput = z.object({
  id: z.uuid(),
  name: ViewName.optional(),
  state: ViewState.optional(),
});
export const ViewId = z.object({ id: z.uuid() });
export const ShareViewInput = KeepViewInput.extend({
  /** One's own view that becomes the shared one. */
  from: z.uuid().optional(),
});
export const SetDefaultInput = z.object({ list: List, id: z.uuid().nullable() });

export type KeepViewInput = z.infer<typeof KeepViewInput>;
export type ChangeViewInput = z.infer<typeof ChangeViewInput>;
export type ShareViewInput = z.infer<typeof ShareViewInput>;
export type SetDefaultInput = z.infer<typeof SetDefaultInput>;
