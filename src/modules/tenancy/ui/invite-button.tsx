"use client";
import { UserPlus } from "lucide-react";
import { Button } from "~/ui/button";
import { LateOverlay } from "~/ui/late-overlay";

const dialog = () => import("./invite-dialog").then((room) => room.InviteDialog);

export function InviteButton() {
  return (
    <LateOverlay opens="dialog" load={dialog} given={{}}>
      <Button variant="primary" icon={<UserPlus aria-hidden />}>
        Invite people
      </Button>
    </LateOverlay>
  );
}
