/** What can be found by name, in the order it is shown. */
import { SearchAnswer, SearchInput } from "~/kernel/search";
import { crmSearch } from "~/modules/crm";
import { jobSearch } from "~/modules/jobs";
import { tenancySearch } from "~/modules/tenancy";
import { searchAll, type SearchSource } from "~/server/search/search";
import { orgProcedure, router } from "~/server/trpc/procedures";

const SOURCES: SearchSource[] = [...crmSearch, ...tenancySearch, ...jobSearch];

export const searchRouter = router({
  all: orgProcedure
    .meta({ permission: "organization.read" })
    .input(SearchInput)
    .output(SearchAnswer)
    .query(({ ctx, input }) => searchAll(ctx.actor, SOURCES, input)),
});
