/** What stands above the page, while it comes and when it is there. */
export const HEADING = {
  title: "Features",
  description: "What this organization has switched on and why, and which rule lets somebody do something.",
};
