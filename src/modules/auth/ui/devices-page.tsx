"use client";
import { KeyRound, Laptop, Smartphone, Tablet } from "lucide-react";
import { useState } from "react";
import { api, refusalOf } from "~/trpc/client";
import { Badge } from "~/ui/badge";
import { Banner } from "~/ui/banner";
import { Button } from "~/ui/button";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DataList, type DataListColumn } from "~/ui/data-list";
import { PageHeader } from "~/ui/page-header";
import { RelativeTime } from "~/ui/relative-time";
import { toast } from "~/ui/toast";
import { END_WORDS, ENDED_SHOWN_DAYS } from "../rules";
import type { Device } from "../schema";
import { signOut } from "./sign-out";
import { useTimeZone } from "./time-zone";

const ICONS = { computer: Laptop, phone: Smartphone, tablet: Tablet };
const METHODS = {
  email: "by mailed link",
  google: "with Google",
  dev: "as a demo person",
  key: "with an API key",
  staff: "opened as you by staff",
};
/** A program is known by its key, a browser by itself. */
const nameOf = ({ client, browser, system }: Device) => client ?? `${browser} on ${system}`;

export function DevicesPage() {
  const timeZone = useTimeZone();
  const [{ living, ended }] = api.auth.devices.useSuspenseQuery();
  const others = living.filter(({ client }) => client === null).length - 1;
  const reused = ended.find((device) => device.ended?.reason === "refresh_reused");

  const columns: DataListColumn<Device>[] = [
    { key: "device", label: "Device", cell: (device) => <Which device={device} /> },
    {
      key: "address",
      label: "Address",
      width: "11rem",
      cell: ({ address }) => <Address of={address} />,
    },
    {
      key: "active",
      label: "Last active",
      width: "9rem",
      cell: ({ isThisOne, lastActiveAt }) =>
        isThisOne ? "now" : <RelativeTime at={lastActiveAt} timeZone={timeZone} />,
    },
    {
      key: "since",
      label: "Signed in",
      width: "9rem",
      from: "wider",
      cell: ({ signedInAt }) => <RelativeTime at={signedInAt} timeZone={timeZone} />,
    },
    {
      key: "actions",
      label: "Actions",
      labelHidden: true,
      width: "8rem",
      align: "end",
      onCard: "beside",
      cell: (device) => <EndButton device={device} />,
    },
  ];
  const endedColumns: DataListColumn<Device>[] = [
    { key: "device", label: "Device", cell: (device) => <Which device={device} /> },
    {
      key: "address",
      label: "Address",
      width: "11rem",
      cell: ({ address }) => <Address of={address} />,
    },
    {
      key: "reason",
      label: "Why",
      width: "16rem",
      cell: ({ ended }) => (
        <span className="whitespace-normal text-ink-soft">{ended && END_WORDS[ended.reason]}</span>
      ),
    },
    {
      key: "at",
      label: "Ended",
      width: "9rem",
      cell: ({ ended }) => ended && <RelativeTime at={ended.at} timeZone={timeZone} />,
    },
  ];
  return (
    <>
      <PageHeader
        title="Devices"
        description="Every browser you are signed in on, and every program that has a token by a key of yours. What you end here is signed out within a second."
        actions={others > 0 ? <EndOthers count={others} /> : undefined}
      />
      <div className="flex flex-col gap-8">
        {reused?.ended && (
          <Banner tone="caution" title="We ended a session for your safety">
            An old copy of {nameOf(reused)} was used <RelativeTime at={reused.ended.at} timeZone={timeZone} />
            . If you don&apos;t know a device below, end it.
          </Banner>
        )}
        <DataList
          label="Devices you are signed in on"
          columns={columns}
          rows={living}
          rowKey={({ id }) => id}
        />
        {ended.length > 0 && (
          <section aria-labelledby="ended" className="flex flex-col gap-3">
            <h2 id="ended" className="text-lg font-semibold text-ink">
              Ended in the last {ENDED_SHOWN_DAYS} days
            </h2>
            <DataList label="Ended sessions" columns={endedColumns} rows={ended} rowKey={({ id }) => id} />
          </section>
        )}
      </div>
    </>
  );
}

function Which({ device }: { device: Device }) {
  const { kind, method, client, isThisOne } = device;
  const Icon = client === null ? ICONS[kind] : KeyRound;
  return (
    // On a phone's card, clear of the button that ends it.
    <span className="flex min-w-0 items-center gap-3 whitespace-normal @max-lg:pe-6">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="text-ink">{nameOf(device)}</span>
          {isThisOne && <Badge tone="accent">This device</Badge>}
        </span>
        <span className="block text-xs text-ink-soft">Signed in {METHODS[method]}</span>
      </span>
    </span>
  );
}

const Address = ({ of: address }: { of: string | null }) => (
  <span className="font-mono text-sm break-all text-ink-soft">{address ?? "Unknown"}</span>
);

function EndButton({ device }: { device: Device }) {
  const queries = api.useUtils();
  const name = nameOf(device);
  const end = api.auth.endDevice.useMutation({
    onSuccess: () => toast.success(`${name} is signed out`),
    onError: (error) => toast.error("Not ended", { description: refusalOf(error).message }),
    onSettled: () => queries.auth.devices.invalidate(),
  });
  if (device.isThisOne) {
    return (
      <Button size="small" onClick={() => void signOut()}>
        Sign out
      </Button>
    );
  }
  return (
    <Button
      size="small"
      loading={end.isPending}
      aria-label={`End session of ${name}`}
      onClick={() => end.mutate({ id: device.id })}
    >
      End session
    </Button>
  );
}

function EndOthers({ count }: { count: number }) {
  const queries = api.useUtils();
  const [refused, setRefused] = useState<string>();
  const end = api.auth.endOtherDevices.useMutation({
    onSuccess: ({ count }) => toast.success(`${devices(count)} signed out`),
    onError: (error) => setRefused(refusalOf(error).message),
    onSettled: () => queries.auth.devices.invalidate(),
  });
  return (
    <ConfirmDialog
      trigger={<Button variant="secondary">End all others</Button>}
      title="End all other sessions"
      description={`${devices(count)} will be signed out within a second. You stay signed in here.`}
      confirmLabel="End all others"
      onConfirm={() => {
        setRefused(undefined);
        return end.mutateAsync();
      }}
      error={refused}
    />
  );
}

const devices = (count: number) => (count === 1 ? "1 device" : `${count} devices`);
