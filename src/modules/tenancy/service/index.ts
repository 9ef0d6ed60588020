export { actAs, orgAtDoor } from "./stand-at-door";
