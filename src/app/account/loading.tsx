export { ProfileSkeleton as default } from "~/modules/auth/ui";
