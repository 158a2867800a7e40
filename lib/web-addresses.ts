/** Addresses in a plain text, without the mark that ends a sentence after one: what `split` puts between the rest. */
export const webAddresses = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/;
