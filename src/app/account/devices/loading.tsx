export { DevicesSkeleton as default } from "~/modules/auth/ui";
