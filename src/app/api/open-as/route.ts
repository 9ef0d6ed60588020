import { answerCloseOpened, answerOpenAs } from "~/modules/admin";
import { gates } from "~/wiring/gates";

export const POST = (request: Request): Promise<Response> => answerOpenAs(request, gates);
export const DELETE = (request: Request): Promise<Response> => answerCloseOpened(request, gates);
