import { ROUTE_STARTED } from "~/ui/route-started";

/** Browser errors go to Sentry when the page names a DSN; without one nothing of it is loaded. */
const dsn = document.querySelector<HTMLMetaElement>('meta[name="sentry-dsn"]')?.content;

if (dsn) {
  void import("@sentry/nextjs").then((sentry) =>
    sentry.init({
      dsn,
      defaultIntegrations: false,
      integrations: [
        sentry.globalHandlersIntegration(),
        sentry.dedupeIntegration(),
        sentry.linkedErrorsIntegration(),
      ],
      beforeSend: (event) => {
        delete event.user;
        // The address names an organization: the route alone says where it happened.
        if (event.request?.url) event.request = { url: new URL(event.request.url).origin };
        return event;
      },
    }),
  );
}

/** Called by the router for every page it sets out for; the line at the top listens. */
export function onRouterTransitionStart(url: string): void {
  window.dispatchEvent(new CustomEvent(ROUTE_STARTED, { detail: url }));
}
