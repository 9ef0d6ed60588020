import type { ReactNode } from "react";
import { mayThere } from "~/modules/tenancy";
import { serverApi } from "~/trpc/server";
import { TabLinks } from "~/ui/tab-links";
import { SETTINGS } from "../navigation";
import { visitorOf } from "../visitor";

type Props = { children: ReactNode; params: Promise<{ org: string }> };

/** The ways between the settings, above each page's own title. */
export default async function SettingsLayout({ children, params }: Props) {
  const { org: slug } = await params;
  const visitor = await visitorOf(slug);
  const features = visitor && (await serverApi(slug).features.states());
  const sections = SETTINGS.filter(
    ({ permission, feature }) =>
      visitor && mayThere(visitor, permission) && (feature === undefined || features?.[feature]),
  );
  return (
    <>
      {sections.length > 1 && (
        <TabLinks
          label="Settings"
          items={sections.map(({ label, path }) => ({
            href: `/o/${slug}${path}`,
            label,
            exact: path === "/settings",
          }))}
          className="-mt-3 mb-6 max-sm:-mx-4 max-sm:px-4 sm:-mt-5"
        />
      )}
      {children}
    </>
  );
}
