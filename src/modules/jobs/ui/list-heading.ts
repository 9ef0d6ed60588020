/** What stands above the list, while it comes and when it is there. */
export const JOBS = {
  title: "Jobs",
  description:
    "Work that goes on by itself: how far it is, how it ended, and why. It survives a closed browser.",
};
