/*
 * publiccode.yml against version 0.7.0 of its standard: mandatory keys, lengths and enumerations as its published
 * schema gives them. The standard's own validator is a Go program that the package registries do not serve.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import manifest from "../package.json" with { type: "json" };

/** The standard counts characters as people see them. */
const characters = (text: string) => [...new Intl.Segmenter("en").segment(text)].length;
const atLeast = (least: number) =>
  z.string().refine((text) => characters(text) >= least, `fewer than ${least} characters`);
const atMost = (most: number) =>
  z.string().refine((text) => characters(text) <= most, `more than ${most} characters`);

const categories = `
  accounting agile-project-management applicant-tracking application-development appointment-scheduling backup
  billing-and-invoicing blog budgeting business-intelligence business-process-management cad call-center-management
  cloud-management collaboration communications compliance-management contact-management content-management crm
  customer-service-and-support data-analytics data-collection data-visualization design design-system
  digital-asset-management digital-citizenship document-management donor-management e-commerce e-signature
  educational-content email-management email-marketing employee-management enterprise-project-management
  enterprise-social-networking erp event-management facility-management feedback-and-reviews-management
  financial-reporting fleet-management fundraising gamification geographic-information-systems grant-management
  graphic-design help-desk hr ide identity-management instant-messaging integrated-library-system
  inventory-management it-asset-management it-development it-management it-security it-service-management
  knowledge-management learning-management-system marketing mind-mapping mobile-marketing mobile-payment
  network-management office online-booking online-community payment-gateway payroll predictive-analysis procurement
  productivity-suite project-collaboration project-management property-management real-estate-management
  regulations-and-directives remote-support resource-management sales-management seo service-desk
  social-media-management survey talent-management task-management taxes-management test-management time-management
  time-tracking translation video-conferencing video-editing visitor-management voip warehouse-management
  web-collaboration web-conferencing website-builder whistleblowing workflow-management other`;

const scopes = `
  agriculture culture defence education emergency-services employment energy environment
  finance-and-economic-development foreign-affairs government healthcare infrastructures justice local-authorities
  manufacturing research science-and-technology security society sport tourism transportation welfare`;

const words = (text: string) => z.enum(text.trim().split(/\s+/));
const languageTag = z
  .string()
  .refine((tag) => Intl.getCanonicalLocales(tag)[0] === tag, "not a language tag");
const version = z.string().min(1);
const dependency = z.strictObject({
  name: z.string().min(1),
  versionMin: version.optional(),
  versionMax: version.optional(),
  version: version.optional(),
  optional: z.boolean().optional(),
});

const contact = z.strictObject({
  name: z.string().min(1),
  email: z.email().optional(),
  phone: z.string().optional(),
  affiliation: z.string().optional(),
});
const contractor = z.strictObject({
  name: z.string().min(1),
  until: z.iso.date(),
  email: z.email().optional(),
  website: z.url().optional(),
});

const schema = z.strictObject({
  publiccodeYmlVersion: z.literal("0.7.0"),
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  softwareVersion: z.string().optional(),
  releaseDate: z.iso.date().optional(),
  platforms: z.array(z.enum(["web", "windows", "mac", "linux", "ios", "android"])).min(1),
  categories: z.array(words(categories)).optional(),
  developmentStatus: z.enum(["concept", "development", "beta", "stable", "obsolete"]),
  softwareType: words(`
    standalone/mobile standalone/iot standalone/desktop standalone/web standalone/backend standalone/other addon library
    configurationFiles`),
  organisation: z.strictObject({ uri: z.url(), name: z.string().optional() }).optional(),
  intendedAudience: z
    .strictObject({
      countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
      unsupportedCountries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
      scope: z.array(words(scopes)).optional(),
    })
    .optional(),
  description: z.record(
    languageTag,
    z.strictObject({
      shortDescription: atMost(150).min(1),
      longDescription: z.intersection(atLeast(150), atMost(10_000)),
      features: z.array(z.string().min(1)).min(1),
    }),
  ),
  legal: z.strictObject({ license: z.string().min(1), mainCopyrightOwner: z.string().optional() }),
  maintenance: z.discriminatedUnion("type", [
    z.strictObject({ type: z.enum(["internal", "community"]), contacts: z.array(contact).min(1) }),
    z.strictObject({ type: z.literal("contract"), contractors: z.array(contractor).min(1) }),
    z.strictObject({ type: z.literal("none") }),
  ]),
  localisation: z.strictObject({
    localisationReady: z.boolean(),
    availableLanguages: z.array(languageTag).min(1),
  }),
  dependsOn: z
    .strictObject({
      open: z.array(dependency).optional(),
      proprietary: z.array(dependency).optional(),
      hardware: z.array(dependency).optional(),
    })
    .optional(),
});

const text = readFileSync("publiccode.yml", "utf8");

describe("publiccode.yml", () => {
  it("is valid", () => {
    expect(schema.safeParse(parse(text)).error?.issues).toBeUndefined();
  });

  it("names the licence of package.json and the languages there are", () => {
    const { legal, localisation, description } = schema.parse(parse(text));
    expect(legal.license).toBe(manifest.license);
    expect(localisation.availableLanguages.toSorted()).toEqual(["en", "it"]);
    expect(Object.keys(description).toSorted()).toEqual(localisation.availableLanguages.toSorted());
  });

  it.each([
    ["a category of its own", "  - budgeting", "  - urban-commons"],
    ["a key that is not there", "name: Co-City", "name: Co-City\nlogoo: x.svg"],
    ["contacts where nobody maintains it", "  type: none", "  type: none\n  contacts:\n    - name: X"],
    ["no contacts where somebody does", "  type: none", "  type: internal"],
    ["a description of 151 characters", /shortDescription: .*/, `shortDescription: ${"x".repeat(151)}`],
    ["another version", '"0.7.0"', '"0.8.0"'],
  ])("is refused with %s", (_, from, to) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    expect(schema.safeParse(parse(changed)).success).toBe(false);
  });
});
