import { answerLinkOpened } from "~/modules/auth";

export { answerLinkOpened as POST };
