import { ContactsSkeleton } from "~/modules/crm/ui";

export default ContactsSkeleton;
