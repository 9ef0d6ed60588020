import { PageMissing } from "../../page-missing";

/** For what is missing inside an organization; one that is missing itself is answered above, in the same words. */
export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <PageMissing />
    </>
  );
}
