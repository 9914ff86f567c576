/** Some entries of the catalogue, with its search as far as a person can tell. */
import type { CatalogueEntry } from "../wire";

const LOCAL = "http://localhost:28478/callback";

function entry(
  id: string,
  title: string,
  category: string,
  method: string,
  summary: string,
  more: Partial<CatalogueEntry> = {},
): CatalogueEntry {
  return {
    id,
    title,
    category,
    method,
    summary,
    status: "from_documentation",
    date: "2026-11-26",
    documentation: `https://docs.example.com/${id}`,
    register: [{ text: "Fill in here: client_id, client_secret.", link: null, copy: null }],
    notes: [],
    unconfirmed: [],
    to_fill_in: [
      { name: "client_id", description: "The client ID of your app", secret: false },
      { name: "client_secret", description: "The client secret of your app", secret: true },
    ],
    endpoints: ["Who I am", "List", "Create"],
    ...more,
  };
}

export const CATALOGUE: readonly CatalogueEntry[] = [
  entry("github", "GitHub", "Developer tools", "OAuth 2.0", "Repositories, issues and pull requests."),
  entry(
    "google-service-account",
    "Google service account",
    "Productivity",
    "OAuth 2.0, signed assertion",
    "Drive and Sheets as a service account, with no person signing in.",
    { to_fill_in: [{ name: "service_account", description: "The JSON key file", secret: true }] },
  ),
  entry("hubspot", "HubSpot", "CRM", "OAuth 2.0", "Contacts, companies and deals."),
  entry(
    "jira-cloud",
    "Jira Cloud",
    "Project management",
    "OAuth 2.0, site chosen",
    "Issues and projects of one of the Atlassian sites that a person can see.",
  ),
  entry(
    "jira-server",
    "Jira Server",
    "Project management",
    "Session cookie",
    "Issues and projects of a Jira Data Center or Server of your own.",
    {
      to_fill_in: [],
      register: [
        {
          text: "Nothing is registered. Each person signs in with their own user name.",
          link: null,
          copy: null,
        },
      ],
    },
  ),
  entry(
    "quickbooks",
    "QuickBooks Online",
    "Accounting",
    "OAuth 2.0, company from the callback",
    "Customers, invoices and accounts of a company, by query or by record.",
  ),
  entry("salesforce", "Salesforce", "CRM", "OAuth 2.0", "Accounts, contacts and any other object.", {
    status: "tried",
  }),
  entry(
    "slack",
    "Slack",
    "Communication",
    "OAuth 2.0 with PKCE",
    "Channels, messages and people of a workspace, as the person who signs in.",
    {
      documentation: "https://docs.slack.dev/authentication/using-pkce",
      register: [
        {
          text: "Create an app at api.slack.com/apps, from scratch, in any workspace.",
          link: "https://api.slack.com/apps",
          copy: null,
        },
        { text: "Under OAuth & Permissions, add this redirect URL.", link: null, copy: LOCAL },
        {
          text: "On the same page, add the user token scopes (not bot token scopes: a sign-in that comes back to this machine may not ask for those).",
          link: null,
          copy: "channels:history,channels:read,chat:write,users:read",
        },
        {
          text: "Under OAuth & Permissions, switch PKCE on. The app is then a public client, which cannot be undone; it needs no client secret.",
          link: null,
          copy: null,
        },
        { text: "Fill in here: client_id, from Basic Information.", link: null, copy: null },
      ],
      notes: [
        "The user's token is not where OAuth puts it but below authed_user; a renewal's answer has it at the top. The step's own outputs take it from either place.",
        'Slack answers errors with the status 200 and "ok": false. The last step of the sign-in and the refresh condition look at that.',
      ],
      unconfirmed: [
        "Whether a redirect URL with http://localhost is taken by the settings page in every region.",
      ],
      to_fill_in: [{ name: "client_id", description: "The client ID of your app", secret: false }],
      endpoints: ["List channels", "Messages of a channel", "Post a message", "List people", "A person"],
    },
  ),
  entry(
    "stripe",
    "Stripe",
    "Payments",
    "Secret key",
    "Customers, payments and invoices of a Stripe account.",
    {
      to_fill_in: [{ name: "secret_key", description: "A restricted or secret key", secret: true }],
    },
  ),
  entry("x", "X", "Social media", "OAuth 2.0 with PKCE", "Posts and people, as the person who signs in."),
  entry(
    "long",
    "A provider of enterprise resource planning with an exceptionally long name",
    "Enterprise resource planning",
    "OAuth 2.0 with a data centre out of the callback and a tenant that is chosen",
    "So that long names are seen: they are cut off in the list, and wrap where they are read.",
  ),
];

/** Whether a word is in a text, perhaps with a letter left out. */
function fits(word: string, text: string): boolean {
  if (text.includes(word)) return true;
  return [...text].some(
    (_, at) => word.length > 3 && (text.slice(0, at) + text.slice(at + 1)).includes(word),
  );
}

export function searchCatalogue(query: string): CatalogueEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return CATALOGUE.filter((one) =>
    words.every((word) => fits(word, `${one.title} ${one.category} ${one.method}`.toLowerCase())),
  );
}

/** What is added of an entry: a connector that asks for what the entry says. */
export function catalogueConnector(one: CatalogueEntry): string {
  return JSON.stringify({
    format: "latchwork.connector/1",
    name: one.title,
    kind: "rest",
    base_url: `https://${one.id}.example.com`,
    variables: one.to_fill_in.map(({ name, description, secret }) => ({
      name,
      ...(secret ? { secret } : {}),
      description,
    })),
    auth: {
      method: "multistep",
      steps: [{ id: "oauth", type: "set_variables", outputs: [] }],
      request_parameters: [],
    },
    endpoints: [],
  });
}
