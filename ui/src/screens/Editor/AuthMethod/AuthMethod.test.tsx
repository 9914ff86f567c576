import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { Auth, Connector, MultistepAuth } from "@/model/connector";
import { AUTH_METHOD_NAMES, AUTH_METHODS, newAuth, readDocument } from "@/model/document";
import { openEditor, typeInto } from "@/testing/render";

// The whole editor, click by click: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 60_000 });

function withAuth(auth: Auth): string {
  return JSON.stringify({
    format: "latchwork.connector/1",
    name: "Acme",
    kind: "rest",
    base_url: "https://api.acme.example",
    auth,
  } satisfies Connector);
}

async function openWith(auth: Auth) {
  const opened = await openEditor(withAuth(auth));
  const { user } = opened;
  /** The document as the draft has it. */
  const drafted = async () => {
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Draft saved"));
    return readDocument(opened.stored()?.draft?.document ?? "");
  };
  const choose = async (method: string) => {
    await user.click(screen.getByRole("button", { name: /Auth method/ }));
    await user.click(await screen.findByRole("option", { name: new RegExp(`^${method}`) }));
  };
  const turn = () => user.click(screen.getByRole("button", { name: "Turn into multistep" }));
  return { ...opened, drafted, choose, turn };
}

const AWS: Auth = {
  method: "aws_sigv4",
  access_key_id: "{{ vars.key }}",
  secret_access_key: "{{ vars.secret }}",
  region: "eu-central-1",
  service: "execute-api",
};

const PRESETS: [Auth, Omit<MultistepAuth, "method">, string][] = [
  [
    { method: "api_key", name: "X-Key", value: "{{ vars.k }}", location: "query" },
    { steps: [], request_parameters: [{ location: "query", name: "X-Key", value: "{{ vars.k }}" }] },
    "Request parameters",
  ],
  [
    { method: "bearer", token: "{{ vars.t }}" },
    {
      steps: [],
      request_parameters: [{ location: "header", name: "Authorization", value: "Bearer {{ vars.t }}" }],
    },
    "Request parameters",
  ],
  [
    { method: "basic", username: "ada" },
    {
      steps: [{ id: "basic", type: "basic_auth", username: "ada" }],
      request_parameters: [{ location: "header", name: "Authorization", value: "{{ basic.header }}" }],
    },
    "Basic auth",
  ],
  [
    { method: "oauth2", grant: "pkce", client_id: "abc", scopes: ["a", "b"], shared_credentials: true },
    {
      steps: [
        { id: "oauth", type: "oauth2_pkce", client_id: "abc", scopes: ["a", "b"], shared_credentials: true },
      ],
      request_parameters: [
        { location: "header", name: "Authorization", value: "Bearer {{ oauth.access_token }}" },
      ],
    },
    "OAuth 2.0 PKCE",
  ],
  [
    AWS,
    {
      steps: [],
      request_parameters: [],
      signing: {
        type: "aws_sigv4",
        access_key_id: "{{ vars.key }}",
        secret_access_key: "{{ vars.secret }}",
        region: "eu-central-1",
        service: "execute-api",
      },
    },
    "Signing",
  ],
];

describe("the auth method", () => {
  test("C2: every method can be chosen, and has a form", async () => {
    const { choose, drafted } = await openWith({ method: "none" });
    expect(AUTH_METHODS).toHaveLength(7);
    for (const method of AUTH_METHODS) {
      if (method === "none") continue;
      await choose(AUTH_METHOD_NAMES[method]);
      const title = method === "multistep" ? "Auth flow" : AUTH_METHOD_NAMES[method];
      expect(await screen.findByRole("heading", { level: 1, name: title })).toBeInTheDocument();
      expect(screen.queryByText(/cannot be edited/)).not.toBeInTheDocument();
      await waitFor(async () => expect((await drafted()).auth).toEqual(newAuth(method)));
    }
  });

  test("a preset has no flow to see: the left side calls it the sign-in, and names it once", async () => {
    await openWith(newAuth("oauth2"));
    const side = screen.getByRole("complementary", { name: "Connector" });
    const part = within(side).getByRole("region", { name: "Sign-in" });
    expect(within(part).getAllByText("OAuth 2.0")).toHaveLength(1);
    expect(side).not.toHaveTextContent(/auth flow/i);
    expect(within(side).getByRole("region", { name: "Renewal" })).toHaveTextContent(
      "“OAuth 2.0” renews itself with its refresh token.",
    );
  });

  test("C2: AWS SigV4 is filled in, its secrets as secret variables", async () => {
    const { user, choose, drafted } = await openWith({ method: "none" });
    await choose("AWS SigV4");
    const use = () => screen.getAllByRole("button", { name: "Use a secret variable" })[0] as HTMLElement;
    await user.click(use());
    await user.click(use());
    typeInto("Region", "eu-north-2");
    await user.click(screen.getByRole("button", { name: "Choices for Service" }));
    await user.click(await screen.findByRole("menuitem", { name: /^execute-api/ }));
    await waitFor(async () =>
      expect(await drafted()).toMatchObject({
        auth: {
          method: "aws_sigv4",
          access_key_id: "{{ vars.access_key_id }}",
          secret_access_key: "{{ vars.secret_access_key }}",
          region: "eu-north-2",
          service: "execute-api",
        },
        variables: [
          { name: "access_key_id", secret: true },
          { name: "secret_access_key", secret: true },
        ],
      }),
    );
    expect((await drafted()).auth).not.toHaveProperty("session_token");
    typeInto("Session token", "{{ vars.session }}");
    await waitFor(async () =>
      expect((await drafted()).auth).toHaveProperty("session_token", "{{ vars.session }}"),
    );
  });

  test.each(PRESETS.map(([auth, ...rest]) => [auth.method, auth, ...rest] as const))(
    "C2: %s turns into what it is made of, and back by undo",
    async (_method, auth, made, place) => {
      const { user, turn, drafted, stored } = await openWith(auth);
      await turn();
      expect(await screen.findByRole("heading", { level: 1, name: place })).toBeInTheDocument();
      expect((await drafted()).auth).toEqual({ method: "multistep", ...made });
      expect(screen.getByRole("button", { name: "Undo" })).toBeEnabled();
      await user.keyboard("{Control>}z{/Control}");
      expect(await screen.findByRole("button", { name: "Turn into multistep" })).toBeInTheDocument();
      await waitFor(() => expect(stored()?.draft).toBeNull());
      expect(readDocument(stored()?.document ?? "").auth).toEqual(auth);
    },
  );

  test("C2: a preset that is filled in is offered to be kept when Multistep is chosen", async () => {
    const { user, choose, drafted, stored } = await openWith(AWS);
    await choose("Multistep");
    const dialog = await screen.findByRole("dialog", { name: "Keep what “AWS SigV4” has?" });
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    expect(stored()?.draft).toBeNull();

    await choose("Multistep");
    await user.click(await screen.findByRole("button", { name: "Turn into multistep" }));
    expect((await drafted()).auth).toMatchObject({ method: "multistep", signing: { type: "aws_sigv4" } });
  });

  test("C2: it may be begun empty as well, and that is said", async () => {
    const { user, choose, drafted } = await openWith(AWS);
    await choose("Multistep");
    await user.click(await screen.findByRole("button", { name: "Begin empty" }));
    expect((await drafted()).auth).toEqual(newAuth("multistep"));
    expect(screen.getByText("“AWS SigV4” was replaced. Undo brings it back.")).toBeInTheDocument();
  });

  test("nothing is asked and nothing said where nothing was filled in", async () => {
    const { choose, drafted } = await openWith(newAuth("bearer"));
    await choose("Multistep");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect((await drafted()).auth).toEqual(newAuth("multistep"));
    await choose("API key");
    expect(screen.queryByText(/was replaced/)).not.toBeInTheDocument();
  });

  test("what the core refuses to turn is said, and stays", async () => {
    const { turn, platform, stored } = await openWith(AWS);
    platform.authTurnIntoMultistep = () =>
      Promise.reject({ code: "file.invalid", message: "auth: missing field `region`" });
    await turn();
    expect(await screen.findByText(/missing field/)).toBeInTheDocument();
    expect(screen.getByRole("heading", { level: 1, name: "AWS SigV4" })).toBeInTheDocument();
    expect(stored()?.draft).toBeNull();
  });
});
