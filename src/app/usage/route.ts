/** `/usage` leads to the organization last used. */
import { toOrgLastUsed } from "../last-used";

export const GET = (): Promise<never> => toOrgLastUsed("/usage", "/usage");
