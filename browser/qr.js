// A QR code as rows of dark and light, for the page an officer prints.
export { encode } from "uqr";
