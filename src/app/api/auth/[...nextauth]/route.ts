import { answerNextAuth } from "~/modules/auth";

export { answerNextAuth as GET, answerNextAuth as POST };
