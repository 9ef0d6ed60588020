-- Origins whose pages may call the API for the organization ("https://shop.example.com"), at most 20.
ALTER TABLE "organization" ADD COLUMN "api_origins" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "organization" ADD CONSTRAINT organization_api_origins_bounded CHECK (cardinality(api_origins) <= 20);
