/** Staff look across organizations: instants are UTC. */
export const ZONE = "UTC";
