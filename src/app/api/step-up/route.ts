import { answerStepUp } from "~/modules/auth";

export { answerStepUp as POST };
