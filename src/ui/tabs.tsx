"use client";

import { Content, List, Root, Trigger } from "radix-ui/tabs";
import type { ComponentProps } from "react";

import { classNames } from "./class-names";
import { tabListStyle, tabStyle } from "./tab-style";

/** Sections of one page. Where each section has an address of its own, take `TabLinks` of `tab-links`. */
export const Tabs = Root;

export function TabsList({ className, ...rest }: ComponentProps<typeof List>) {
  return <List className={classNames(tabListStyle, className)} {...rest} />;
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Trigger>) {
  return (
    <Trigger
      className={classNames(
        tabStyle,
        "data-[state=active]:font-medium data-[state=active]:text-ink data-[state=active]:after:bg-accent",
        className,
      )}
      {...rest}
    />
  );
}

export function TabsContent({ className, ...rest }: ComponentProps<typeof Content>) {
  return <Content className={classNames("pt-5", className)} {...rest} />;
}
