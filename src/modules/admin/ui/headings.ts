/** What each page of the console says it is for; its skeleton says the same. */
export const OVERVIEW = {
  title: "Overview",
  description: "What the platform earns and carries, and how it is: renewed every ten seconds.",
};
export const ORGANIZATIONS = {
  title: "Organizations",
  description: "Every organization, what it is on and how much it uses.",
};
export const PEOPLE = {
  title: "People",
  description: "Everybody who ever signed in, and where they are signed in now.",
};
export const JOBS = { title: "Jobs", description: "The work of all organizations, the newest first." };
export const FEATURES = {
  title: "Features",
  description: "What each organization has switched on, and which rule made it so.",
};
export const ERASURES = {
  title: "Deletions",
  description: "Of people and organizations: what waits for somebody, and every other by its state.",
};
export const AUDIT = {
  title: "Audit",
  description: "What was done and refused: the platform’s own log, or any organization’s.",
};
export const HEALTH = {
  title: "System health",
  description: "Queues, seals, connections, migrations and slow statements, as they are now.",
};
