import { AuthCard } from "~/ui/auth-card";
import { Badge } from "~/ui/badge";
import { BrandMark } from "~/ui/brand";
import { Card, CardBody, CardHeader } from "~/ui/card";
import { CopyId } from "~/ui/copy-id";
import { DataList } from "~/ui/data-list";
import { DescriptionList } from "~/ui/description-list";
import type { Certificate, CertificatePart, CertificateView } from "../schema";
import { Instant } from "./instant";
import { Onward } from "./onward";
import { StepList } from "./step-list";

const WAITING = {
  unknown: { title: "This link is not known", words: "It is incomplete. Open it from the mail again." },
  requested: {
    title: "Nothing is deleted yet",
    words: "The certificate stands here once the deletion is done.",
  },
  undone: { title: "This deletion was undone", words: "Nothing was deleted, so there is no certificate." },
  blocked: {
    title: "The deletion waits",
    words: "An organization has to be handed over first. The certificate stands here once it is done.",
  },
  running: { title: "The deletion is under way", words: "The certificate stands here once it is done." },
  residue: {
    title: "The deletion is being checked",
    words: "The search found something that must not be left. We were told, and finish it by hand.",
  },
  completed: { title: "The deletion is done", words: "It is part of another certificate." },
} as const;

/** What was deleted, what is kept and why, and what the search for the rest found. Without personal data. */
export function CertificatePage({ view }: { view: CertificateView }) {
  const { preview, steps, certificate } = view;
  if (!certificate || preview.state !== "completed") {
    const { title, words } = WAITING[preview.state];
    return (
      <AuthCard title={title} description={words}>
        <div className="flex flex-col gap-5">
          {preview.state === "requested" && preview.dueAt && (
            <p className="text-base text-ink-soft">
              It happens on <Instant at={preview.dueAt} />. Until then the mail’s first link undoes it.
            </p>
          )}
          {steps.length > 0 ? <StepList steps={steps} /> : <Onward />}
        </div>
      </AuthCard>
    );
  }
  return (
    <main id="content" className="mx-auto flex max-w-3xl flex-col gap-6 px-4 py-10">
      <header className="flex flex-col gap-2">
        <BrandMark className="mb-2 size-8" />
        <h1 className="text-xl font-semibold text-ink">Certificate of deletion</h1>
        <p className="text-base text-ink-soft">
          It holds ids that lead to nobody, tables and counts, and no personal data.
        </p>
      </header>
      <Facts certificate={certificate} />
      {certificate.parts.map((part) => (
        <Part key={part.subjectId} part={part} />
      ))}
      <Card aria-label="Beyond our database">
        <CardHeader
          title="Beyond our database"
          description="What a deletion cannot reach, and what is true there."
        />
        <CardBody>
          <DescriptionList
            items={certificate.beyond.map(({ what, words }) => ({ term: what, value: words }))}
          />
        </CardBody>
      </Card>
    </main>
  );
}

const Facts = ({ certificate }: { certificate: Certificate }) => (
  <Card aria-label="Certificate">
    <CardBody>
      <DescriptionList
        items={[
          { term: "Certificate", value: <CopyId value={certificate.erasureId} /> },
          { term: "Asked for", value: <Instant at={certificate.requestedAt} /> },
          { term: "Begun", value: <Instant at={certificate.startedAt} /> },
          { term: "Done", value: <Instant at={certificate.completedAt} /> },
        ]}
      />
    </CardBody>
  </Card>
);
/** With a capital and a full stop. */
const sentence = (words: string) =>
  `${words.slice(0, 1).toUpperCase()}${words.slice(1)}${words.endsWith(".") ? "" : "."}`;

function Part({ part }: { part: CertificatePart }) {
  const { kind, subjectId, erased, kept, search } = part;
  const others = search.findings.filter(({ verdict }) => verdict === "others");
  return (
    <section className="flex flex-col gap-4" aria-labelledby={subjectId}>
      <h2 id={subjectId} className="flex flex-wrap items-center gap-3 text-lg font-semibold text-ink">
        {kind === "person" ? "The account" : "An organization"} <CopyId value={subjectId} />
      </h2>
      <DataList
        label="What was deleted"
        columns={[
          {
            key: "what",
            label: "Deleted",
            cell: ({ what }) => <span className="font-mono text-sm">{what}</span>,
          },
          { key: "how", label: "How", width: "8rem", cell: ({ how }) => how },
          {
            key: "count",
            label: "Count",
            width: "8rem",
            align: "end",
            cell: ({ count }) => <span className="font-mono tabular-nums">{count.toLocaleString("en")}</span>,
          },
        ]}
        rows={erased}
        rowKey={({ what }) => what}
      />
      {kept.length > 0 && (
        <Card aria-label="What is kept">
          <CardHeader title="What is kept" description="Why, and until when." />
          <CardBody>
            <DescriptionList
              items={kept.map(({ what, why, until }) => ({
                key: what,
                term: <span className="font-mono text-sm wrap-anywhere">{what}</span>,
                value: `${sentence(why)} Kept ${until}.`,
              }))}
            />
          </CardBody>
        </Card>
      )}
      <Card aria-label="Search for what is left">
        <CardHeader
          title="Search for what is left"
          description={`${search.columns.toLocaleString("en")} columns of ${search.tables} tables, and ${search.objects.toLocaleString("en")} files, were searched for name, address and ids.`}
          actions={
            <Badge tone={search.isClean ? "positive" : "negative"}>
              {search.isClean ? "Nothing left" : "Something left"}
            </Badge>
          }
        />
        {others.length > 0 && (
          <CardBody>
            <DescriptionList
              items={others.map(({ where, what, count, why }) => ({
                term: `${where}, ${what}, ${count.toLocaleString("en")} times`,
                value: why,
              }))}
            />
          </CardBody>
        )}
      </Card>
    </section>
  );
}
