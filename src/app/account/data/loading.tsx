export { DataSkeleton as default } from "~/modules/gdpr/ui";
