import {
  Bell,
  Boxes,
  CircleHelp,
  Download,
  FileText,
  FormInput,
  LayoutList,
  Mail,
  MessageSquareWarning,
  MousePointerClick,
  Palette,
  PanelRight,
  Plus,
  Search,
  Settings,
  Type,
  UserPlus,
} from "lucide-react";
import { Fragment, type ReactNode } from "react";

import { AppShell } from "~/ui/app-shell";
import { AuthCard } from "~/ui/auth-card";
import { Avatar } from "~/ui/avatar";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { BrandMark } from "~/ui/brand";
import { Breadcrumbs } from "~/ui/breadcrumbs";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DataList, type DataListColumn, type DataListSort } from "~/ui/data-list";
import { DescriptionList } from "~/ui/description-list";
import { EmptyState, SampleRows } from "~/ui/empty-state";
import { ErrorState } from "~/ui/error-state";
import { Field } from "~/ui/field";
import { IconButton } from "~/ui/icon-button";
import { Input } from "~/ui/input";
import { Kbd } from "~/ui/kbd";
import { LimitState } from "~/ui/limit-state";
import { Link } from "~/ui/link";
import { MarketingShell } from "~/ui/marketing-shell";
import { Meter } from "~/ui/meter";
import { NoResults } from "~/ui/no-results";
import { FormattedNumber } from "~/ui/number";
import { PageHeader } from "~/ui/page-header";
import { Pagination } from "~/ui/pagination";
import { Progress } from "~/ui/progress";
import { RelativeTime } from "~/ui/relative-time";
import { Separator } from "~/ui/separator";
import { Skeleton } from "~/ui/skeleton";
import { Spinner } from "~/ui/spinner";
import { Stat, StatRow } from "~/ui/stat";
import { StatusDot } from "~/ui/status-dot";
import { Stepper } from "~/ui/stepper";
import { TabLinks } from "~/ui/tab-links";
import { ThemeToggle } from "~/ui/theme-toggle";
import { Timeline } from "~/ui/timeline";

import {
  ControlsDemo,
  FilesDemo,
  FiltersDemo,
  FormDemo,
  OverlaysDemo,
  PeekDemo,
  SelectionDemo,
} from "./live";

interface Shipment {
  id: string;
  name: string;
  state: "delivered" | "moving" | "held" | "lost";
  weight: number;
  value: string;
  at: string;
}

// Fixed ages, so that two pictures of the page taken on different days are alike.
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

function shipments(): Shipment[] {
  return [
    {
      id: "0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c01",
      name: "Walnut desks for Aalborg",
      state: "moving",
      weight: 1_240,
      value: "18400.00",
      at: minutesAgo(3),
    },
    {
      id: "0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c02",
      name: "Spring catalogue, second printing",
      state: "delivered",
      weight: 86,
      value: "2150.50",
      at: minutesAgo(47),
    },
    {
      id: "0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c03",
      name: "Roasters, spare drums and a title long enough to be cut",
      state: "held",
      weight: 412,
      value: "7320.00",
      at: minutesAgo(60 * 9),
    },
    {
      id: "0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c04",
      name: "Samples",
      state: "lost",
      weight: 2,
      value: "40.00",
      at: minutesAgo(60 * 24 * 2),
    },
    {
      id: "0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c05",
      name: "Pendant lamps",
      state: "delivered",
      weight: 154,
      value: "5999.90",
      at: minutesAgo(60 * 24 * 40),
    },
  ];
}

const stateLook = {
  delivered: <StatusDot tone="positive">Delivered</StatusDot>,
  moving: (
    <StatusDot tone="info" shape="half" live>
      On the way
    </StatusDot>
  ),
  held: (
    <StatusDot tone="caution" shape="ring">
      Held
    </StatusDot>
  ),
  lost: (
    <StatusDot tone="negative" shape="cross">
      Lost
    </StatusDot>
  ),
} as const;

const columns: DataListColumn<Shipment>[] = [
  { key: "name", label: "Shipment", cell: (row) => row.name },
  { key: "state", label: "State", width: "9rem", cell: (row) => stateLook[row.state] },
  {
    key: "weight",
    label: "Weight",
    width: "7rem",
    align: "end",
    from: "wide",
    cell: (row) => <FormattedNumber value={row.weight} unit="kg" />,
  },
  {
    key: "value",
    label: "Value",
    width: "8rem",
    align: "end",
    cell: (row) => <FormattedNumber value={row.value} currency="EUR" />,
  },
  {
    key: "id",
    label: "Id",
    width: "9rem",
    from: "wider",
    cell: (row) => <CopyId value={row.id} ends={4} label="Copy id" />,
  },
  {
    key: "at",
    label: "Last seen",
    width: "9rem",
    cell: (row) => <RelativeTime at={row.at} timeZone="Europe/Copenhagen" />,
  },
];

const sorts: Record<string, DataListSort> = {
  name: { href: "?sort=name", direction: null },
  at: { href: "?sort=at", direction: "descending" },
};

const sections = [
  { id: "colour", label: "Colour", icon: <Palette /> },
  { id: "type", label: "Type", icon: <Type /> },
  { id: "actions", label: "Actions", icon: <MousePointerClick /> },
  { id: "forms", label: "Forms", icon: <FormInput /> },
  { id: "state", label: "State", icon: <Boxes /> },
  { id: "overlays", label: "Overlays", icon: <PanelRight /> },
  { id: "lists", label: "Lists", icon: <LayoutList /> },
  { id: "detail", label: "Detail", icon: <FileText /> },
  { id: "pages", label: "Page states", icon: <MessageSquareWarning /> },
];

export default async function Gallery({
  searchParams,
}: {
  searchParams: Promise<{ scene?: string | string[] }>;
}) {
  const { scene } = await searchParams;
  if (scene === "door") return <Door />;
  if (scene === "street") return <Street />;

  return (
    <AppShell
      banner={
        <Banner
          shape="strip"
          tone="caution"
          title="The card on file was refused."
          actions={<Link href="#">Update payment</Link>}
        >
          Nothing stops before 28 March.
        </Banner>
      }
      orgSwitcher={
        <button
          type="button"
          className="flex h-10 items-center gap-2.5 rounded-md px-2 text-start transition-colors hover:bg-ink/5"
        >
          <Avatar name="Northwind Goods" shape="thing" seed="b" />
          <span className="min-w-0 grow">
            <span className="block truncate text-sm font-semibold">Northwind Goods</span>
            <span className="block text-xs text-ink-faint">Growth plan</span>
          </span>
        </button>
      }
      navigation={[
        {
          items: sections.map(({ id, label, icon }) => ({
            href: `#${id}`,
            label,
            icon,
            active: id === "lists",
            ...(id === "lists" ? { badge: "12" } : {}),
          })),
        },
        {
          label: "Scenes",
          items: [
            { href: "?scene=door", label: "Before the door", icon: <UserPlus />, active: false },
            { href: "?scene=street", label: "Public pages", icon: <Mail />, active: false },
          ],
        },
      ]}
      usage={
        <div className="rounded-lg border border-line bg-surface p-3">
          <Meter
            label="API calls"
            used={4_210}
            limit={5_000}
            valueText="4,210 of 5,000"
            hint="Resets in 9 days"
          />
        </div>
      }
      account={
        <button
          type="button"
          className="flex h-10 items-center gap-2.5 rounded-md px-2 text-start transition-colors hover:bg-ink/5"
        >
          <Avatar name="Ada Lovelace" seed="a" />
          <span className="truncate text-sm">Ada Lovelace</span>
        </button>
      }
      breadcrumb={
        <Breadcrumbs items={[{ label: "Northwind Goods", href: "#" }, { label: "Design system" }]} />
      }
      actions={
        <>
          <Button
            variant="secondary"
            icon={<Search />}
            shortcut="mod+K"
            className="text-ink-faint max-sm:hidden"
          >
            Search
          </Button>
          <IconButton label="Notifications, 3 unread" icon={<Bell />} />
          <IconButton label="Help" icon={<CircleHelp />} className="max-sm:hidden" />
          <ThemeToggle />
        </>
      }
    >
      <PageHeader
        title="Design system"
        meta={<Badge>Local only</Badge>}
        description="Every primitive and pattern in each of its states. The theme is switched at the top right."
        actions={
          <>
            <Button icon={<Download />}>Export</Button>
            <Button variant="primary" icon={<Plus />} shortcut="C">
              New shipment
            </Button>
          </>
        }
      >
        <TabLinks
          label="Sections"
          items={[
            { href: "/dev/ui", label: "Everything", exact: true },
            { href: "/dev/ui/none", label: "Members", badge: <Badge>4</Badge> },
            { href: "/dev/ui/nowhere", label: "Settings" },
          ]}
        />
      </PageHeader>

      <div className="flex flex-col gap-12">
        <Section id="colour" title="Colour">
          <div className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-3">
            {swatches.map(([name, style]) => (
              <div key={name} className="flex flex-col gap-1.5">
                <div className={`h-12 rounded-lg border border-line ${style}`} />
                <span className="font-mono text-xs text-ink-soft">{name}</span>
              </div>
            ))}
          </div>
        </Section>

        <Section id="type" title="Type">
          <div className="flex flex-col gap-3">
            <p className="text-3xl font-semibold">Forty, for a promise</p>
            <p className="text-2xl font-semibold">Twenty-eight, for a figure</p>
            <p className="text-xl font-semibold">Twenty, for the title of a page</p>
            <p className="text-lg">Sixteen, for a text that is read</p>
            <p>
              Fourteen, for everything. <span className="text-ink-soft">Soft where it explains,</span>{" "}
              <span className="text-ink-faint">faint where it may be skipped.</span>{" "}
              <Link href="#type">A link says where it leads</Link>, and{" "}
              <Link href="https://example.com" externalText="opens in a new tab">
                one that leaves
              </Link>{" "}
              says so.
            </p>
            <p className="text-sm">Thirteen, for controls and hints</p>
            <p className="text-xs">Twelve, for headings of columns</p>
            <p className="font-mono text-base tabular-nums">
              <FormattedNumber value="1234567.5" currency="EUR" /> ·{" "}
              <FormattedNumber value={1_540_000_000} style="bytes" /> ·{" "}
              <FormattedNumber value={1_234_567} compact unit="requests" />
            </p>
          </div>
        </Section>

        <Section id="actions" title="Actions">
          <div className="flex flex-col gap-4">
            <Row>
              <Button variant="primary">Invite member</Button>
              <Button>Duplicate</Button>
              <Button variant="ghost">Skip</Button>
              <Button variant="danger">Delete workspace</Button>
              <Button asChild>
                <a href="#actions">A link in button&apos;s clothes</a>
              </Button>
            </Row>
            <Row>
              <Button variant="primary" loading>
                Invite member
              </Button>
              <Button loading>Duplicate</Button>
              <Button variant="primary" disabled>
                Invite member
              </Button>
              <Button disabled>Duplicate</Button>
              <Button variant="primary">Save</Button>
            </Row>
            <Row>
              <Button size="small">Small</Button>
              <Button>Medium</Button>
              <Button size="large" variant="primary">
                Large
              </Button>
              <IconButton label="Settings" icon={<Settings />} />
              <IconButton label="Settings" icon={<Settings />} variant="secondary" shortcut="G S" />
              <IconButton label="Settings" icon={<Settings />} size="small" />
              <span className="flex items-center gap-1 text-sm text-ink-soft">
                Press <Kbd>?</Kbd> for shortcuts
              </span>
            </Row>
          </div>
        </Section>

        <Section id="forms" title="Forms">
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <FormDemo />
            <ControlsDemo />
          </div>
        </Section>

        <Section id="state" title="State">
          <div className="flex flex-col gap-5">
            <Row>
              <Badge>Draft</Badge>
              <Badge tone="accent">Selected</Badge>
              <Badge tone="positive">Paid</Badge>
              <Badge tone="caution">Past due</Badge>
              <Badge tone="negative">Failed</Badge>
              <Badge tone="info">Running</Badge>
            </Row>
            <Row>
              {Object.entries(stateLook).map(([state, dot]) => (
                <Fragment key={state}>{dot}</Fragment>
              ))}
              <StatusDot shape="ring">Queued</StatusDot>
            </Row>
            <Row>
              {[
                "Ada Lovelace",
                "Grace Hopper",
                "Katherine Johnson",
                "Mary Jackson",
                "Hedy Lamarr",
                "Radia Perlman",
              ].map((name) => (
                <Avatar key={name} name={name} size="large" />
              ))}
              <Avatar name="Northwind Goods" shape="thing" size="large" />
              <Avatar name="Ada Lovelace" />
              <Avatar name="Ada Lovelace" size="small" />
              <Spinner label="Loading" />
              <Separator orientation="vertical" />
              <CopyId value="0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c01" label="Copy request id" ends={6} />
            </Row>
            <div className="grid gap-6 sm:grid-cols-3">
              <Meter label="Contacts" used={1_240} limit={10_000} valueText="1,240 of 10,000" />
              <Meter
                label="API calls"
                used={4_210}
                limit={5_000}
                valueText="4,210 of 5,000"
                hint="Resets in 9 days"
              />
              <Meter label="Seats" used={5} limit={5} valueText="5 of 5" hint="The next plan has 20" />
            </div>
            <div className="grid gap-6 sm:grid-cols-3">
              <Progress label="Import" value={0.62} />
              <Progress label="Import" value={null} />
              <Progress label="Import" value={1} tone="positive" />
            </div>
            <StatRow>
              <Stat
                label="Revenue this month"
                value={<FormattedNumber value="48210.40" currency="EUR" />}
                change={{ text: "12 % more than last month", direction: "up", good: true }}
              />
              <Stat
                label="Returned"
                value={<FormattedNumber value={31} unit="parcels" />}
                change={{ text: "4 more than last month", direction: "up", good: false }}
              />
              <Stat
                label="Median delay"
                value="1.4 days"
                change={{ text: "As last month", direction: "flat" }}
              />
              <Stat
                label="Storage"
                value={<FormattedNumber value={12_400_000_000} style="bytes" />}
                hint="of 50 GB"
              />
            </StatRow>
            <div className="flex flex-col gap-3">
              <Banner title="A new export format is ready.">Old links keep working until May.</Banner>
              <Banner tone="positive" title="Domain verified.">
                Mail now comes from your own address.
              </Banner>
              <Banner
                tone="caution"
                title="80 % of API calls are used."
                actions={<Button size="small">See plans</Button>}
              >
                Calls beyond the limit are refused until 1 April.
              </Banner>
              <Banner tone="negative" title="The last import stopped at row 312.">
                The first 311 rows are saved. Correct the row and start again from there.
              </Banner>
            </div>
            <Card>
              <CardHeader
                title="A card"
                description="Skeletons have the size of what is coming."
                actions={<Button size="small">Edit</Button>}
              />
              <CardBody className="flex items-center gap-3">
                <Skeleton className="size-10 rounded-full" />
                <span className="flex grow flex-col gap-2">
                  <Skeleton className="w-40" />
                  <Skeleton className="w-64 max-w-full" />
                </span>
              </CardBody>
              <CardFooter hint="Saved a minute ago">
                <Button variant="primary">Save changes</Button>
              </CardFooter>
            </Card>
          </div>
        </Section>

        <Section id="overlays" title="Overlays">
          <OverlaysDemo />
          <div className="mt-6">
            <PeekDemo />
          </div>
        </Section>

        <Section id="lists" title="Lists">
          <div className="flex flex-col gap-8">
            <div>
              <FiltersDemo />
              <DataList
                label="Shipments"
                columns={columns}
                sorts={sorts}
                rows={shipments()}
                rowKey={(row) => row.id}
                rowHref={(row) => `#${row.id}`}
                isCurrent={(row) => row.name === "Samples"}
                footer={
                  <Pagination
                    label="Pages of shipments"
                    previousHref={null}
                    nextHref="?after=5#lists"
                    summary="5 of about 1,200"
                  />
                }
              />
            </div>
            <SelectionDemo />
            <DataList
              label="Shipments, loading"
              columns={columns}
              sorts={sorts}
              rows={[]}
              rowKey={(row) => row.id}
              loadingRows={3}
            />
            <Card>
              <NoResults
                title="No shipment matches these filters"
                filters={["State: lost", "“lamp”"]}
                clear={<Button>Clear filters</Button>}
              />
            </Card>
          </div>
        </Section>

        <Section id="detail" title="Detail">
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <Card>
              <CardHeader title="Walnut desks for Aalborg" />
              <CardBody className="py-1.5">
                <DescriptionList
                  items={[
                    { term: "State", value: stateLook.moving },
                    {
                      term: "Id",
                      value: <CopyId value="0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c01" label="Copy id" />,
                    },
                    { term: "Weight", value: <FormattedNumber value={1240} unit="kg" /> },
                    {
                      term: "Last seen",
                      value: <RelativeTime at={minutesAgo(3)} timeZone="Europe/Copenhagen" />,
                    },
                  ]}
                />
              </CardBody>
            </Card>
            <Card>
              <CardHeader title="What happened" />
              <CardBody>
                <Timeline
                  items={[
                    {
                      key: "1",
                      title: "Passed the border at Padborg",
                      time: <RelativeTime at={minutesAgo(3)} timeZone="UTC" />,
                      tone: "info",
                    },
                    {
                      key: "2",
                      title: "Customs asked for papers",
                      detail: "Answered by Grace Hopper",
                      time: <RelativeTime at={minutesAgo(200)} timeZone="UTC" />,
                      tone: "caution",
                    },
                    {
                      key: "3",
                      title: "Left the warehouse",
                      time: <RelativeTime at={minutesAgo(3000)} timeZone="UTC" />,
                    },
                  ]}
                />
              </CardBody>
            </Card>
            <div className="flex flex-col gap-5 lg:col-span-2">
              <Stepper
                label="Import, steps"
                current={1}
                steps={[
                  { key: "file", label: "Choose a file" },
                  { key: "map", label: "Match columns" },
                  { key: "check", label: "Check" },
                  { key: "run", label: "Import" },
                ]}
              />
              <FilesDemo />
            </div>
          </div>
        </Section>

        <Section id="pages" title="Page states">
          <div className="flex flex-col gap-6">
            <EmptyState
              title="Nothing is on its way yet"
              description="A shipment shows where your goods are and when they arrive. Enter one by hand, or connect your carrier."
              sample={
                <SampleRows
                  rows={[
                    { icon: <Boxes />, title: "Walnut desks", detail: "Aalborg", state: stateLook.moving },
                    {
                      icon: <Boxes />,
                      title: "Spring catalogue",
                      detail: "Lyon",
                      state: stateLook.delivered,
                    },
                    { icon: <Boxes />, title: "Pendant lamps", detail: "Porto", state: stateLook.delivered },
                  ]}
                />
              }
              action={
                <Button variant="primary" icon={<Plus />}>
                  New shipment
                </Button>
              }
              secondary={<Link href="#pages">How carriers connect</Link>}
            />
            <LimitState
              title="All 5 seats are taken"
              resets="A seat becomes free when you remove a member."
              next="The Growth plan has 20 seats."
              meter={<Meter label="Seats" used={5} limit={5} valueText="5 of 5" />}
              action={<Button variant="primary">See plans</Button>}
            />
            <ErrorState
              title="The list could not be loaded"
              safe="Nothing was changed."
              next="Try again in a moment. If it stays like this, send us the reference."
              actions={<Button variant="primary">Try again</Button>}
              correlationId="0190b3a2-77c1-7b1e-9c43-5a0f3e1d2c01"
            />
          </div>
        </Section>
      </div>
    </AppShell>
  );
}

const swatches = [
  ["canvas", "bg-canvas"],
  ["surface", "bg-surface"],
  ["raised", "bg-raised"],
  ["sunken", "bg-sunken"],
  ["line", "bg-line"],
  ["line-strong", "bg-line-strong"],
  ["ink", "bg-ink"],
  ["ink-soft", "bg-ink-soft"],
  ["ink-faint", "bg-ink-faint"],
  ["accent", "bg-accent"],
  ["accent-ink", "bg-accent-ink"],
  ["positive", "bg-positive"],
  ["caution", "bg-caution"],
  ["negative", "bg-negative"],
  ["info", "bg-info"],
  ["dye-1", "bg-dye-1"],
  ["dye-2", "bg-dye-2"],
  ["dye-3", "bg-dye-3"],
  ["dye-4", "bg-dye-4"],
  ["dye-5", "bg-dye-5"],
] as const;

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="flex flex-col gap-4">
      <h2 id={`${id}-title`} className="text-lg font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-3">{children}</div>;
}

function Door() {
  return (
    <AuthCard
      title="Sign in to Tenantry"
      description="We send a link to your address. No password to remember."
      footer={
        <>
          New here? <Link href="/dev/ui">Create a workspace</Link>
        </>
      }
    >
      <form className="flex flex-col gap-4">
        <Field label="Email address">
          <Input type="email" name="email" autoComplete="email" placeholder="you@company.com" />
        </Field>
        <Button type="submit" variant="primary" className="w-full">
          Send link
        </Button>
        <Button className="w-full">Continue with Google</Button>
      </form>
    </AuthCard>
  );
}

function Street() {
  return (
    <MarketingShell
      links={[
        { href: "/dev/ui", label: "Pricing" },
        { href: "/dev/ui?docs", label: "Documentation" },
      ]}
      actions={
        <>
          <Button variant="ghost" className="max-sm:hidden">
            Sign in
          </Button>
          <Button variant="primary">Start free</Button>
        </>
      }
      footer="© Tenantry"
    >
      <div className="mx-auto flex max-w-page flex-col items-start gap-5 px-4 py-20 sm:px-6 sm:py-28">
        <BrandMark className="size-14" />
        <h1 className="max-w-2xl text-3xl font-semibold">Many doors under one roof.</h1>
        <p className="max-w-prose text-lg text-ink-soft">
          The parts every platform needs, drawn once and with care, so that the first day goes into what is
          yours.
        </p>
        <Button variant="primary" size="large">
          Start free
        </Button>
      </div>
    </MarketingShell>
  );
}
