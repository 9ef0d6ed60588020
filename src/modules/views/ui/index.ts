export { ViewMenu } from "./view-menu";
