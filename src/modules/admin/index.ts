import "server-only";
export { answerCloseOpened, answerOpenAs } from "./adapters/open-as";
export {
  AuditInput,
  ErasuresInput,
  FeaturesInput,
  IdInput,
  JobsInput,
  OrganizationsInput,
  PeopleInput,
} from "./schema";
