// The import alias of tsconfig.json, in the form in which dependency-cruiser takes it without TypeScript's API.
module.exports = { resolve: { alias: { "@": __dirname } } };
