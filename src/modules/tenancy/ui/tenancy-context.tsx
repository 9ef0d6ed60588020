"use client";
/** The one context of signed-in pages: who I am, where I am, what I may, and the way to my other organizations. */
import { useRouter } from "next/navigation";
import { createContext, use, useEffect, useMemo, useRef, type ReactNode } from "react";
import type { Permission, Role } from "~/kernel/roles";
import { api } from "~/trpc/client";
import { mayKeepOwn, mayThere } from "../rules";
import type { MyOrganization, OrganizationDetail } from "../schema";

export type TenancyUser = { id: string; name: string | null; email: string };
/** The device's session; its row is on the devices page. */
export type TenancySession = { id: string };

export type Tenancy = {
  user: TenancyUser;
  session: TenancySession;
  /** Set while staff have it open as this person (ADR 0027). */
  staff: { isReadOnly: boolean } | null;
  currentOrganization: OrganizationDetail;
  /** Last used first. */
  userOrganizations: MyOrganization[];
  userRoleInOrg: Role;
  /** Goes to the home page of another organization of mine. */
  selectOrganization: (slug: string) => void;
};

const Context = createContext<Tenancy | null>(null);

type Given = Omit<Tenancy, "userRoleInOrg" | "selectOrganization">;

export function TenancyProvider({
  user,
  session,
  staff,
  currentOrganization,
  userOrganizations,
  children,
}: Given & { children: ReactNode }) {
  const router = useRouter();
  const value = useMemo<Tenancy>(
    () => ({
      user,
      session,
      staff,
      currentOrganization,
      userOrganizations,
      userRoleInOrg: currentOrganization.role,
      selectOrganization: (slug) => router.push(`/o/${slug}`),
    }),
    [user, session, staff, currentOrganization, userOrganizations, router],
  );
  useVisits(staff === null);
  return <Context value={value}>{children}</Context>;
}

/** @throws outside of an organization's pages. */
export function useTenancy(): Tenancy {
  const value = use(Context);
  if (!value) throw new Error("useTenancy is for pages of an organization");
  return value;
}

/** Whether the door would open: what is not allowed is not offered. */
export function useMay(permission: Permission): boolean {
  const { currentOrganization, userRoleInOrg, staff } = useTenancy();
  return mayThere({ role: userRoleInOrg, status: currentOrganization.status, staff }, permission);
}

/** Whether what is a person's own here (views, what they have seen) changes with what is pressed. */
export const useMayKeepOwn = (): boolean => mayKeepOwn(useTenancy());

const VISIT_EVERY_MS = 5 * 60_000;

/** Coming back to a tab makes its organization the last used one, and counts as activity; of the person, not of staff. */
function useVisits(isTheirs: boolean) {
  const { mutate } = api.tenancy.noteVisit.useMutation();
  const notedAt = useRef(0);
  useEffect(() => {
    if (!isTheirs) return;
    notedAt.current = Date.now();
    const note = () => {
      if (document.visibilityState !== "visible" || Date.now() - notedAt.current < VISIT_EVERY_MS) return;
      notedAt.current = Date.now();
      mutate();
    };
    document.addEventListener("visibilitychange", note);
    return () => document.removeEventListener("visibilitychange", note);
  }, [mutate, isTheirs]);
}
