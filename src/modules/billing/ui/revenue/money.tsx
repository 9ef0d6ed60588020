import { CardBody } from "~/ui/card";
import { FormattedNumber } from "~/ui/number";

/** Staff look across organizations: instants are UTC. */
export const ZONE = "UTC";

export const Money = ({
  value,
  currency = "USD",
  signed = false,
}: {
  value: string;
  currency?: string;
  signed?: boolean;
}) => <FormattedNumber value={value} currency={currency} signed={signed} />;

export const Nothing = ({ children }: { children: string }) => (
  <CardBody>
    <p className="text-base text-ink-soft">{children}</p>
  </CardBody>
);
