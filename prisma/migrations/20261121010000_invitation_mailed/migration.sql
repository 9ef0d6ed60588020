-- When the mail server last took an invitation's mail: the members page says which ones have to be sent again.
ALTER TABLE "invitation" ADD COLUMN "mailed_at" TIMESTAMPTZ(3);
