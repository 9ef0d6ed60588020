"use client";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "~/ui/button";
import { signOut } from "./sign-out";

export function SignOutButton({ to }: { to?: string }) {
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Button
      variant="ghost"
      icon={<LogOut aria-hidden />}
      loading={isLeaving}
      onClick={() => {
        setIsLeaving(true);
        void signOut(to).finally(() => setIsLeaving(false));
      }}
    >
      Sign out
    </Button>
  );
}
