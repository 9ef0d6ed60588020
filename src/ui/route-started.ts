/** Told by the router when it sets out for another page: an event of the window with the address as its detail. */
export const ROUTE_STARTED = "tenantry:route-started";
