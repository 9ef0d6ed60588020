/** What stands above the page, while it comes and when it is there. */
export const USAGE = {
  title: "Usage",
  description: "What was used in a billing period, by day, and where it leads.",
};
