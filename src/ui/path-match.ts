/**
 * Whether `pathname` is the page at `href` or one below it. Query and fragment
 * of `href` don't count; `exact` leaves out the pages below.
 */
export function isAtOrBelow(pathname: string | null, href: string, exact = false): boolean {
  if (pathname === null) return false;
  const target = (href.split(/[?#]/)[0] ?? "").replace(/\/+$/, "") || "/";
  const here = pathname.replace(/\/+$/, "") || "/";
  if (here === target) return true;
  return !exact && target !== "/" && here.startsWith(`${target}/`);
}
