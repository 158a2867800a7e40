import { PROPORTION } from "./frame";

/** Units of the plane that the ground of a schematic map is drawn on. */
export const PLANE = { width: 1000, height: 1000 / PROPORTION };
