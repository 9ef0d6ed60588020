import { answerToken } from "~/modules/api-keys";

export const POST = answerToken;
