import "server-only";
export { answerToken } from "./adapters/token-endpoint";
export { actorOfBearer } from "./flows/actor-of-bearer";
export { keySweeps } from "./flows";
export { createKey } from "./service";
