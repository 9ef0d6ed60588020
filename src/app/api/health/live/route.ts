/** The process answers. Asked often, so it touches nothing. */
export const dynamic = "force-dynamic";
export const GET = () => Response.json({ status: "ok" });
