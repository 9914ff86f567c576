/** The whole window over the in-memory platform, as a person meets it. */

import { EditorView } from "@codemirror/view";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { App } from "@/app/App";
import { routeHash } from "@/app/route";
import { NoticesProvider } from "@/components/Notices/Notices";
import { readApp } from "@/model/app";
import { createFakePlatform, type FakeOptions, type FakePlatform } from "@/platform/fake";
import { SAMPLE_APP } from "@/platform/fake/sampleApp";
import { PRACTICE_GRAPHQL, PRACTICE_LOGIN } from "@/platform/fake/samples";
import { PlatformProvider } from "@/platform/PlatformContext";

export const PRACTICE_ID = "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c01";

export function openWindow(
  options: FakeOptions = {},
  platform: FakePlatform = createFakePlatform({ speed: 0, ...options }),
) {
  const user = userEvent.setup();
  const view = render(<App platform={platform} />);
  return { user, platform, ...view };
}

/** The window with the practice connector open in the editor. */
export async function openEditor(
  document: string = PRACTICE_LOGIN,
  prepare?: (platform: FakePlatform) => void,
) {
  const platform = createFakePlatform({ speed: 0, documents: [document] });
  prepare?.(platform);
  const [id] = [...platform.stored.keys()];
  window.location.hash = routeHash({ screen: "connector", id: id ?? "" });
  const opened = openWindow({}, platform);
  await screen.findByRole("button", { name: "Test auth steps" });
  return { ...opened, id: id ?? "", stored: () => platform.stored.get(id ?? "") };
}

/** The editor behind a template or JSON field. */
export function codeField(name: string, container: HTMLElement = document.body): EditorView {
  const content = within(container).getByRole("textbox", { name });
  const view = EditorView.findFromDOM(content);
  if (!view) throw new Error(`“${name}” is no code field`);
  return view;
}

/** Replaces a code field's text, as typing would. */
export function typeInto(name: string, text: string): void {
  const view = codeField(name);
  act(() =>
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "input.type" }),
  );
}

/** A part of the window by itself, with what every part may lean on. */
export function renderPart(part: ReactNode, platform: FakePlatform = createFakePlatform({ speed: 0 })) {
  const user = userEvent.setup();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const inPlace = (content: ReactNode) => (
    <PlatformProvider platform={platform}>
      <QueryClientProvider client={client}>
        <NoticesProvider>{content}</NoticesProvider>
      </QueryClientProvider>
    </PlatformProvider>
  );
  const view = render(inPlace(part));
  return { user, platform, ...view, rerender: (next: ReactNode) => view.rerender(inPlace(next)) };
}

/** The window with an app open in its editor. */
export async function openAppEditor(
  document: string = SAMPLE_APP,
  prepare?: (platform: FakePlatform) => void,
  documents: readonly string[] = [PRACTICE_LOGIN, PRACTICE_GRAPHQL],
) {
  const platform = createFakePlatform({ speed: 0, documents, apps: [document] });
  prepare?.(platform);
  const [id = ""] = [...platform.apps.keys()];
  window.location.hash = routeHash({ screen: "app", id });
  const opened = openWindow({}, platform);
  await screen.findByTestId("app-preview");
  const stored = () => platform.apps.get(id);
  /** The app as its draft has it, once that is kept. */
  const drafted = () => readApp(stored()?.draft?.document ?? stored()?.document ?? "");
  return { ...opened, id, stored, drafted };
}
