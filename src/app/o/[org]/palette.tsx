"use client";
/** The command palette of an organization: places, acts, records by name, other organizations, the theme. */
import {
  BookOpen,
  Building2,
  Clock,
  Contact,
  FileUp,
  Keyboard,
  Laptop,
  ListChecks,
  Monitor,
  Moon,
  Palette as ThemeIcon,
  Plus,
  Repeat,
  Sun,
  UserPlus,
  UserRound,
  Users,
} from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useState, type ReactNode } from "react";
import { ROLE_WORDS } from "~/kernel/roles";
import { useMay, useTenancy } from "~/modules/tenancy/ui";
import { api } from "~/trpc/client";
import { answersTo } from "~/ui/command-match";
import { CommandPalette, type PaletteGroup, type PaletteItem } from "~/ui/command-palette";
import { keepRecent, useRecent } from "~/ui/recent";
import { recentNameOf } from "./recent-records";

export type Place = { href: string; label: string; icon: ReactNode; keys?: string };

/** Milliseconds without a key before records are looked for. */
const DEBOUNCE_MS = 200;

const KINDS: Record<string, { heading: string; icon: ReactNode }> = {
  company: { heading: "Companies", icon: <Building2 aria-hidden /> },
  contact: { heading: "Contacts", icon: <Contact aria-hidden /> },
  import: { heading: "Imports", icon: <FileUp aria-hidden /> },
  member: { heading: "Members", icon: <Users aria-hidden /> },
  job: { heading: "Jobs", icon: <ListChecks aria-hidden /> },
};
const faceOf = (kind: string) => KINDS[kind] ?? { heading: "Other", icon: <Clock aria-hidden /> };

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  places: readonly Place[];
  onShortcuts: () => void;
};

/** Made anew after each use: what was typed last time is gone. */
export function Palette(props: Props) {
  const { user, currentOrganization } = useTenancy();
  const [use, setUse] = useState(0);
  return (
    <Contents
      key={use}
      {...props}
      recentOf={recentNameOf(user.id, currentOrganization.id)}
      onGone={() => setUse(use + 1)}
    />
  );
}

type Act = {
  title: string;
  keywords?: string[];
  icon: ReactNode;
  keys?: string;
  run: () => void;
  stays?: boolean;
};

function Contents({
  open,
  onOpenChange,
  onGone,
  places,
  onShortcuts,
  recentOf,
}: Props & { onGone: () => void; recentOf: string }) {
  const router = useRouter();
  const { currentOrganization, userOrganizations } = useTenancy();
  const { setTheme } = useTheme();
  const home = `/o/${currentOrganization.slug}`;
  const [text, setText] = useState("");
  const [page, setPage] = useState<"organizations" | "theme" | null>(null);
  const recent = useRecent(recentOf);
  const asked = useDebounced(text.trim(), DEBOUNCE_MS);
  const mayWrite = useMay("crm.write");
  const mayImport = useMay("import.create");
  const mayInvite = useMay("member.invite");
  const isSearching = open && page === null && asked.length >= 2;
  const search = api.search.all.useQuery(
    { text: asked },
    { enabled: isSearching, placeholderData: (before) => before, staleTime: 10_000 },
  );

  const close = () => {
    onOpenChange(false);
    onGone();
  };
  const go = (href: string, kept?: { title: string; kind: string }) => {
    if (kept) keepRecent(recentOf, { href, ...kept });
    close();
    router.push(href);
  };
  const turnTo = (next: typeof page) => {
    setPage(next);
    setText("");
  };

  const acts: Act[] = [
    ...(mayWrite
      ? [
          {
            title: "Add company",
            keywords: ["new create"],
            icon: <Plus aria-hidden />,
            run: () => go(`${home}/companies?new=true`),
          },
          {
            title: "Add contact",
            keywords: ["new create person"],
            icon: <Plus aria-hidden />,
            run: () => go(`${home}/contacts?new=true`),
          },
        ]
      : []),
    ...(mayImport
      ? [
          {
            title: "Import a list",
            keywords: ["csv upload new"],
            icon: <FileUp aria-hidden />,
            run: () => go(`${home}/imports/new`),
          },
        ]
      : []),
    ...(mayInvite
      ? [
          {
            title: "Invite member",
            keywords: ["colleague add person team"],
            icon: <UserPlus aria-hidden />,
            run: () => go(`${home}/members`),
          },
        ]
      : []),
    {
      title: "Switch organization",
      keywords: ["change other tenant company"],
      icon: <Repeat aria-hidden />,
      run: () => turnTo("organizations"),
    },
    {
      title: "Change theme",
      keywords: ["dark light mode colour"],
      icon: <ThemeIcon aria-hidden />,
      run: () => turnTo("theme"),
    },
    {
      title: "Keyboard shortcuts",
      keywords: ["help keys"],
      icon: <Keyboard aria-hidden />,
      keys: "?",
      run: () => {
        close();
        onShortcuts();
      },
    },
    {
      title: "API reference",
      keywords: ["docs rest openapi developer program"],
      icon: <BookOpen aria-hidden />,
      run: () => go("/docs/api"),
    },
    {
      title: "Profile",
      keywords: ["account name me"],
      icon: <UserRound aria-hidden />,
      run: () => go("/account"),
    },
    {
      title: "Devices",
      keywords: ["account sessions sign out"],
      icon: <Laptop aria-hidden />,
      run: () => go("/account/devices"),
    },
  ];
  const itemOf = ({ title, icon, keys, run }: Act): PaletteItem => ({
    key: `act:${title}`,
    title,
    icon,
    shortcut: keys,
    onSelect: run,
  });

  const hits = isSearching ? (search.data?.hits ?? []) : [];
  const kinds = [...new Set(hits.map(({ kind }) => kind))];
  const pages: Record<"organizations" | "theme", PaletteGroup> = {
    organizations: {
      key: "organizations",
      heading: "Your organizations",
      items: [
        ...userOrganizations
          .filter(({ name }) => answersTo(text, name))
          .map(({ id, name, slug, role }) => ({
            key: `org:${id}`,
            title: name,
            detail: id === currentOrganization.id ? "You are here" : ROLE_WORDS[role].label,
            icon: <Building2 aria-hidden />,
            onSelect: () => go(`/o/${slug}`),
          })),
        ...(answersTo(text, "Create organization")
          ? [
              {
                key: "org:new",
                title: "Create organization",
                icon: <Plus aria-hidden />,
                onSelect: () => go("/welcome"),
              },
            ]
          : []),
      ],
    },
    theme: {
      key: "theme",
      heading: "Theme",
      items: [
        { key: "light", title: "Light", icon: <Sun aria-hidden /> },
        { key: "dark", title: "Dark", icon: <Moon aria-hidden /> },
        { key: "system", title: "Same as system", icon: <Monitor aria-hidden /> },
      ]
        .filter(({ title }) => answersTo(text, title))
        .map(({ key, ...rest }) => ({
          key: `theme:${key}`,
          ...rest,
          onSelect: () => {
            setTheme(key);
            close();
          },
        })),
    },
  };
  const groups: PaletteGroup[] =
    page !== null
      ? [pages[page]]
      : [
          {
            key: "recent",
            heading: "Recent",
            items: recent
              .filter(({ title }) => (text === "" ? true : answersTo(text, title)))
              // What the server finds again is not shown twice.
              .filter(({ href }) => !hits.some(({ path }) => home + path === href))
              .slice(0, text === "" ? 5 : 3)
              .map(({ href, title, kind }) => ({
                key: `recent:${href}`,
                title,
                icon: faceOf(kind).icon,
                onSelect: () => go(href, { title, kind }),
              })),
          },
          ...kinds.map((kind) => ({
            key: kind,
            heading: faceOf(kind).heading,
            items: hits
              .filter((hit) => hit.kind === kind)
              .map(({ id, title, detail, path }) => ({
                key: `${kind}:${id}`,
                title,
                detail,
                icon: faceOf(kind).icon,
                onSelect: () => go(home + path, { title, kind }),
              })),
          })),
          {
            key: "places",
            heading: "Go to",
            items: places
              .filter(({ label }) => answersTo(text, label, ["go to"]))
              .map(({ href, label, icon, keys }) => ({
                key: `place:${href}`,
                title: label,
                icon,
                shortcut: keys,
                onSelect: () => go(href),
              })),
          },
          {
            key: "acts",
            heading: "Do",
            items: acts.filter(({ title, keywords }) => answersTo(text, title, keywords)).map(itemOf),
          },
        ];
  // Still typing, or asked and not answered.
  const isLoading = page === null && text.trim().length >= 2 && (asked !== text.trim() || search.isFetching);
  const hasFailed = isSearching && !search.isFetching && (search.isError || search.data?.isPartial === true);
  return (
    <CommandPalette
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      label="Search and commands"
      placeholder={
        page === "organizations"
          ? "Which organization?"
          : page === "theme"
            ? "Which theme?"
            : "Search, or what to do"
      }
      text={text}
      onText={setText}
      groups={groups}
      state={hasFailed ? "failed" : isLoading && hits.length === 0 ? "loading" : "idle"}
      onRetry={() => void search.refetch()}
      page={
        page && {
          title: page === "organizations" ? "Switch organization" : "Theme",
          onBack: () => turnTo(null),
        }
      }
    />
  );
}

function useDebounced(value: string, delayMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return useDeferredValue(settled);
}
