"use client";

import { Archive, Columns3, Ellipsis, Pencil, Search, Trash2 } from "lucide-react";
import { useState } from "react";

import { BulkBar } from "~/ui/bulk-bar";
import { Button } from "~/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "~/ui/card";
import { Checkbox } from "~/ui/checkbox";
import { ConfirmDialog } from "~/ui/confirm-dialog";
import { DataList } from "~/ui/data-list";
import { DescriptionList } from "~/ui/description-list";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "~/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "~/ui/dropdown-menu";
import { Field } from "~/ui/field";
import { FileDrop } from "~/ui/file-drop";
import { FilterBar } from "~/ui/filter-bar";
import { FormErrors } from "~/ui/form-errors";
import { IconButton } from "~/ui/icon-button";
import { Input } from "~/ui/input";
import { PeekPanel, usePeek } from "~/ui/peek-panel";
import { RadioGroup } from "~/ui/radio-group";
import { Select } from "~/ui/select";
import { Sheet, SheetContent, SheetTrigger } from "~/ui/sheet";
import { Switch } from "~/ui/switch";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "~/ui/tabs";
import { Textarea } from "~/ui/textarea";
import { toast } from "~/ui/toast";
import { Tooltip } from "~/ui/tooltip";

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export function FormDemo() {
  const [name, setName] = useState("");
  const [tried, setTried] = useState(false);
  const error = tried && !name ? "Enter a name, for example the one on the label." : undefined;
  return (
    <Card>
      <CardHeader
        title="New shipment"
        description="Labels above, help below, errors beside and at the top."
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name) toast.success("Shipment saved");
        }}
      >
        <CardBody className="flex flex-col gap-5">
          <FormErrors
            title="One thing to correct"
            errors={error ? [{ field: "demo-name", message: "Name is missing" }] : []}
          />
          <Field label="Name" id="demo-name" required error={error}>
            <Input value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label="Carrier" help="Only carriers that are connected.">
            <Select
              placeholder="Choose a carrier"
              options={[
                {
                  label: "Connected",
                  options: [
                    { value: "dsv", label: "DSV" },
                    { value: "dhl", label: "DHL", description: "Express only" },
                  ],
                },
                { label: "Others", options: [{ value: "ups", label: "UPS", disabled: true }] },
              ]}
            />
          </Field>
          <Field label="Weight" optionalText="optional" help="As on the papers, packaging included.">
            <Input inputMode="decimal" trailing="kg" placeholder="0" />
          </Field>
          <Field label="Note" optionalText="optional">
            <Textarea placeholder="What the driver should know" />
          </Field>
        </CardBody>
        <CardFooter hint={tried && name ? "Saved" : "Not saved yet"}>
          <Button variant="ghost">Discard</Button>
          <Button type="submit" variant="primary">
            Save shipment
          </Button>
        </CardFooter>
      </form>
    </Card>
  );
}

export function ControlsDemo() {
  const [speed, setSpeed] = useState<"road" | "air">("road");
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-col gap-3">
        <Checkbox label="Tell me when it arrives" description="One mail, on the day." defaultChecked />
        <Checkbox label="Fragile" />
        <Checkbox label="Some of them" checked="indeterminate" />
        <Checkbox label="Cannot be chosen" disabled />
      </div>
      <Field label="How it travels">
        <RadioGroup
          look="cards"
          value={speed}
          onValueChange={setSpeed}
          options={[
            { value: "road", label: "By road", description: "Three to five days" },
            { value: "air", label: "By air", description: "Next day, four times the price" },
          ]}
        />
      </Field>
      <RadioGroup
        aria-label="Papers"
        defaultValue="mail"
        options={[
          { value: "mail", label: "Papers by mail" },
          { value: "none", label: "No papers" },
        ]}
      />
      <div className="flex flex-col gap-4">
        <Switch label="Live position" description="Takes effect at once." defaultChecked />
        <Switch label="Share with the customer" />
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <Input aria-label="Search" leading={<Search />} placeholder="Search" />
        <Input aria-label="Read only" readOnly value="Read only" />
        <Input aria-label="Disabled" disabled placeholder="Disabled" />
        <Input aria-label="Invalid" aria-invalid defaultValue="Not a number" />
      </div>
    </div>
  );
}

export function OverlaysDemo() {
  const [view, setView] = useState(true);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap gap-3">
        <DropdownMenu>
          <DropdownMenuTrigger>
            <IconButton label="More" icon={<Ellipsis />} variant="secondary" tooltip={false} />
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuItem icon={<Pencil />} shortcut="E">
              Edit
            </DropdownMenuItem>
            <DropdownMenuItem
              icon={<Archive />}
              onSelect={() =>
                toast.undo("Shipment archived", { onUndo: () => toast.success("Shipment is back") })
              }
            >
              Archive
            </DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>Columns</DropdownMenuLabel>
            <DropdownMenuCheckboxItem checked={view} onCheckedChange={setView}>
              Weight
            </DropdownMenuCheckboxItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem icon={<Trash2 />} danger>
              Delete
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
        <Dialog>
          <DialogTrigger>
            <Button>Dialog</Button>
          </DialogTrigger>
          <DialogContent
            title="Rename shipment"
            description="The name is on the label from the next printing on."
            footer={
              <>
                <DialogClose>
                  <Button>Cancel</Button>
                </DialogClose>
                <DialogClose>
                  <Button variant="primary">Rename</Button>
                </DialogClose>
              </>
            }
          >
            <Field label="Name">
              <Input defaultValue="Walnut desks for Aalborg" />
            </Field>
          </DialogContent>
        </Dialog>
        <ConfirmDialog
          trigger={<Button variant="danger">Delete workspace</Button>}
          title="Delete Northwind Goods"
          description="All shipments, members and files go after 30 days. Invoices stay, as the law asks."
          phrase="Northwind Goods"
          phraseLabel={
            <>
              Type <span className="font-mono">Northwind Goods</span> to confirm
            </>
          }
          confirmLabel="Delete workspace"
          onConfirm={() => pause(900)}
        />
        <Sheet>
          <SheetTrigger>
            <Button>Side panel</Button>
          </SheetTrigger>
          <SheetContent
            title="Walnut desks for Aalborg"
            description="On the way"
            footer={<Button variant="primary">Open</Button>}
          >
            <DescriptionList
              layout="stacked"
              items={[
                { term: "Weight", value: "1,240 kg" },
                { term: "Carrier", value: "DSV" },
              ]}
            />
          </SheetContent>
        </Sheet>
        <Sheet peek>
          <SheetTrigger>
            <Button>Peek</Button>
          </SheetTrigger>
          <SheetContent title="The list stays alive">
            <p>What is behind can still be scrolled and pressed.</p>
          </SheetContent>
        </Sheet>
        <Tooltip content="A hint" shortcut="H">
          <Button variant="ghost">Hover me</Button>
        </Tooltip>
        <Button
          onClick={() => toast.success("Member invited", { description: "grace@example.com gets a mail." })}
        >
          Success toast
        </Button>
        <Button
          onClick={() => toast.undo("Contact deleted", { onUndo: () => toast.success("Contact is back") })}
        >
          Undo toast
        </Button>
        <Button
          onClick={() =>
            toast.error("The file could not be saved", {
              description: "Your text is still here. Try again.",
              action: { label: "Try again", onPress: () => undefined },
            })
          }
        >
          Error toast
        </Button>
      </div>
      <Tabs defaultValue="general">
        <TabsList aria-label="Settings">
          <TabsTrigger value="general">General</TabsTrigger>
          <TabsTrigger value="members">Members</TabsTrigger>
          <TabsTrigger value="danger">Deletion</TabsTrigger>
        </TabsList>
        <TabsContent value="general">What is general.</TabsContent>
        <TabsContent value="members">Who is in.</TabsContent>
        <TabsContent value="danger">How it ends.</TabsContent>
      </Tabs>
    </div>
  );
}

export function FiltersDemo() {
  const [query, setQuery] = useState("");
  const [state, setState] = useState<string | null>("moving");
  return (
    <FilterBar
      label="Filter shipments"
      search={{
        value: query,
        onChange: setQuery,
        label: "Search shipments",
        placeholder: "Search shipments",
      }}
      selects={[
        {
          key: "state",
          label: "State",
          value: state,
          onChange: setState,
          anyLabel: "Any state",
          options: [
            { value: "moving", label: "On the way" },
            { value: "delivered", label: "Delivered" },
          ],
        },
        {
          key: "carrier",
          label: "Carrier",
          value: null,
          onChange: () => undefined,
          anyLabel: "Any carrier",
          options: [],
        },
      ]}
      onClear={() => {
        setQuery("");
        setState(null);
      }}
    >
      <Button icon={<Columns3 />}>Columns</Button>
    </FilterBar>
  );
}

const people = [
  { id: "1", name: "Ada Lovelace", mail: "ada@example.com" },
  { id: "2", name: "Grace Hopper", mail: "grace@example.com" },
  { id: "3", name: "Hedy Lamarr", mail: "hedy@example.com" },
];

export function SelectionDemo() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  const all = selected.size === people.length;
  return (
    <>
      <DataList
        label="People"
        rows={people}
        rowKey={(person) => person.id}
        rowHref={(person) => `#person-${person.id}`}
        isCurrent={(person) => selected.has(person.id)}
        selection={{
          header: (
            <Checkbox
              aria-label="Select all"
              checked={all ? true : selected.size > 0 ? "indeterminate" : false}
              onCheckedChange={(on) => setSelected(new Set(on ? people.map((person) => person.id) : []))}
            />
          ),
          labelOf: (person) => `Select ${person.name}`,
          holds: (person) => selected.has(person.id),
          onToggle: (person) => toggle(person.id),
        }}
        columns={[
          { key: "name", label: "Name", cell: (person) => person.name },
          { key: "mail", label: "Email address", width: "16rem", cell: (person) => person.mail },
          {
            key: "more",
            label: "More",
            labelHidden: true,
            width: "3.5rem",
            align: "end",
            cell: (person) => (
              <IconButton
                size="small"
                label={`More about ${person.name}`}
                icon={<Ellipsis />}
                tooltip={false}
              />
            ),
          },
        ]}
      />
      <BulkBar
        label="Selected people"
        open={selected.size > 0}
        summary={`${selected.size} selected`}
        onClear={() => setSelected(new Set())}
      >
        <Button size="small">Add tag</Button>
        <Button size="small" variant="danger">
          Delete
        </Button>
      </BulkBar>
    </>
  );
}

export function FilesDemo() {
  const [progress, setProgress] = useState<{ name: string; value: number; text: string }>();
  const [error, setError] = useState<string>();

  async function upload(file: File | undefined): Promise<void> {
    if (!file) return;
    setError(
      file.name.endsWith(".csv") ? undefined : "Only CSV files can be read. Save the sheet as CSV first.",
    );
    if (!file.name.endsWith(".csv")) return;
    for (let value = 0; value <= 1; value += 0.1) {
      setProgress({ name: file.name, value, text: `${Math.round(value * 100)} %` });
      await pause(200);
    }
    setProgress(undefined);
    toast.success("File is up");
  }

  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <FileDrop
        label="Drop a CSV file here, or choose one"
        hint="Up to 20 MB"
        accept=".csv"
        onFiles={([file]) => void upload(file)}
        progress={progress}
        error={error}
      />
      <FileDrop
        label="Drop a file"
        hint="Up to 20 MB"
        onFiles={() => undefined}
        progress={{ name: "contacts-2026.csv", value: 0.42, text: "8.4 of 20 MB" }}
      />
    </div>
  );
}

const PARCELS = ["Walnut desks for Aalborg", "Oak shelves for Trondheim", "Lamps for Kuwait City"].map(
  (name, at) => ({ id: `parcel-${at + 1}`, name, weight: `${1240 - at * 310} kg` }),
);

export function PeekDemo() {
  const peek = usePeek();
  return (
    <>
      <DataList
        label="Shipments to peek at"
        columns={[
          { key: "name", label: "Name", cell: ({ name }) => name },
          { key: "weight", label: "Weight", width: "7rem", align: "end", cell: ({ weight }) => weight },
        ]}
        rows={PARCELS}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `?peek=${id}`}
        onRowClick={(event, { id }) => peek.follow(event, id)}
        isCurrent={({ id }) => id === peek.id}
      />
      <PeekPanel peek={peek} label="Shipment" ids={PARCELS.map(({ id }) => id)} href={(id) => `?open=${id}`}>
        {(id) => {
          const parcel = PARCELS.find((one) => one.id === id);
          if (!parcel) throw new Error("no such parcel");
          return (
            <>
              <h2 className="mb-4 text-lg font-semibold">{parcel.name}</h2>
              <DescriptionList layout="stacked" items={[{ term: "Weight", value: parcel.weight }]} />
            </>
          );
        }}
      </PeekPanel>
    </>
  );
}
