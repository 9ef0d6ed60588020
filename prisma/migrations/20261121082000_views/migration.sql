-- How a list is looked at, kept under a name. A person's own views are that person's rows in an organization; shared ones
-- are the organization's. Two tables, since whose a row is decides who may see it, and a policy should say only one thing.
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "shared_view" (
    "id" UUID NOT NULL,
    "org_id" UUID NOT NULL,
    "created_by_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shared_view_pkey" PRIMARY KEY ("id")
);

-- Which view, own or shared, a person's list opens with. No foreign key: a view that is gone opens nothing.
CREATE TABLE "default_view" (
    "org_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "list" TEXT NOT NULL,
    "view_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "default_view_pkey" PRIMARY KEY ("org_id", "user_id", "list")
);

CREATE UNIQUE INDEX "saved_view_org_id_user_id_list_name_key" ON "saved_view"("org_id", "user_id", "list", "name");

CREATE UNIQUE INDEX "shared_view_org_id_list_name_key" ON "shared_view"("org_id", "list", "name");

-- A person's own go with the membership.
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "user_id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "default_view" ADD CONSTRAINT "default_view_org_id_user_id_fkey" FOREIGN KEY ("org_id", "user_id") REFERENCES "membership"("org_id", "user_id") ON DELETE CASCADE ON UPDATE RESTRICT;
ALTER TABLE "shared_view" ADD CONSTRAINT "shared_view_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE RESTRICT;

SELECT app.protect_user_table('saved_view', 'SELECT, INSERT, UPDATE, DELETE', '');
SELECT app.protect_user_table('default_view', 'SELECT, INSERT, UPDATE, DELETE', '');
SELECT app.protect_tenant_table('shared_view', 'SELECT, INSERT, UPDATE, DELETE', '');
