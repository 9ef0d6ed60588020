"use client";
/** The address is the state of a list: filters change it, a reload or a shared link restores it. */
import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import type { CompanyListInput } from "../schema";

type Change = Partial<Pick<CompanyListInput, "search" | "sort" | "owner" | "cursor">>;

export function useListAddress(input: CompanyListInput) {
  const router = useRouter();
  const path = usePathname();
  const [isPending, start] = useTransition();
  /** Any other filter or order begins at the first page. */
  const hrefOf = (change: Change): string => {
    const { search, sort, owner, cursor } = { ...input, cursor: null, ...change };
    const query = new URLSearchParams();
    if (search) query.set("search", search);
    if (owner !== "all") query.set("owner", owner);
    if (sort !== "recent") query.set("sort", sort);
    if (cursor) query.set("after", cursor);
    return query.size > 0 ? `${path}?${query}` : path;
  };
  const goTo = (change: Change) => start(() => router.replace(hrefOf(change), { scroll: false }));
  return { hrefOf, goTo, isPending };
}
