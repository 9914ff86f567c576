/** The apps of the in-memory platform: a library with drafts, as the core keeps it. */
import { type App, readApp, screensOf, writeApp } from "@/model/app";
import { slug } from "@/model/appEdits";
import type { Connector } from "@/model/connector";
import type { Platform } from "../platform";
import type { AppOpened, AppSummary, BindableConnector } from "../wire";
import { appNamesAt, checkApp, controlRenamed } from "./appNames";
import { failure } from "./evaluate";
import { SAMPLE_APP, SAMPLE_APP_ID } from "./sampleApp";

type AppCommands = Pick<
  Platform,
  | "appList"
  | "appCreate"
  | "appOpen"
  | "appDuplicate"
  | "appDelete"
  | "appSave"
  | "appDraftSave"
  | "appDraftDiscard"
  | "appCheck"
  | "appTemplateNames"
  | "appControlRename"
  | "appConnectors"
  | "appImportText"
  | "appImportFile"
  | "appExport"
  | "appPreview"
>;

export interface FakeApps extends AppCommands {
  apps: Map<string, AppOpened>;
  /** What was asked to be previewed, the last one last. */
  previews: { id: string; document: string }[];
  addSampleApp: () => void;
}

const seconds = () => Math.floor(Date.now() / 1000);

function bindable(id: string, connector: Connector): BindableConnector {
  return {
    id,
    name: connector.name,
    endpoints: (connector.endpoints ?? []).map((endpoint) => ({
      id: endpoint.id,
      name: endpoint.name || endpoint.id,
      method: endpoint.request.method,
      inputs: (endpoint.inputs ?? []).map((input) => ({
        name: input.name,
        type: input.type ?? "text",
        required: input.required !== false && input.default === undefined,
      })),
    })),
  };
}

/** `connectors`: the library's connectors, by id. */
export function fakeApps(connectors: () => [string, Connector][], documents: readonly string[]): FakeApps {
  const apps = new Map<string, AppOpened>();
  const previews: { id: string; document: string }[] = [];
  let count = 0;
  const library = () => connectors().map(([id, connector]) => bindable(id, connector));

  const put = (app: App): AppOpened => {
    count += 1;
    const other = `00000000-0000-4000-9000-${String(count).padStart(12, "0")}`;
    const id = app.id && !apps.has(app.id) ? app.id : other;
    const document = writeApp({ ...app, id });
    const opened = { id, document, revision: 1, draft: null, updated_at: seconds() };
    apps.set(id, opened);
    return { ...opened };
  };
  for (const document of documents) put(readApp(document));
  const row = (id: string): AppOpened => {
    const found = apps.get(id);
    if (!found) throw failure("file.not_found", "There is no such app any more.");
    return found;
  };
  const read = (text: string): App => {
    const app = readApp(text);
    if (app.format !== "latchwork.app/1") throw failure("file.invalid", "This is no app file.");
    return app;
  };
  const nameOf = (connector: string) =>
    library().find((one) => one.id === connector || one.name === connector)?.name ?? connector;
  const summary = (one: AppOpened): AppSummary => {
    const app = readApp(one.document);
    return {
      id: one.id,
      name: app.name,
      description: app.description ?? null,
      screen_count: screensOf(app).length,
      connectors: (app.connectors ?? []).map((used) => nameOf(used.connector)),
      has_draft: one.draft !== null,
      updated_at: one.updated_at,
    };
  };

  return {
    apps,
    previews,
    addSampleApp: () => void (apps.has(SAMPLE_APP_ID) || put(readApp(SAMPLE_APP))),
    appList: async () => [...apps.values()].map(summary).sort((a, b) => a.name.localeCompare(b.name)),
    appCreate: async (name) =>
      put({ format: "latchwork.app/1", name, screens: [{ id: "home", name: "Home" }] }),
    appOpen: async (id) => ({ ...row(id) }),
    appDuplicate: async (id) => {
      const { id: _same, ...app } = readApp(row(id).document);
      return put({ ...app, name: `${app.name} copy` });
    },
    appDelete: async (id) => {
      row(id);
      apps.delete(id);
    },
    appSave: async (id, document, revision) => {
      const one = row(id);
      if (one.revision !== revision) {
        throw failure("file.conflict", "The app was saved elsewhere in the meantime.");
      }
      if (readApp(document).name === "") {
        throw failure("file.invalid", "name: the name is empty", { field: "name" });
      }
      Object.assign(one, { document, revision: revision + 1, draft: null, updated_at: seconds() });
      return { ...one };
    },
    appDraftSave: async (id, document) => {
      const saved_at = seconds();
      row(id).draft = { document, saved_at };
      return { saved_at };
    },
    appDraftDiscard: async (id) => {
      row(id).draft = null;
    },
    appCheck: async (document) => checkApp(read(document), library()),
    appTemplateNames: async (document, path) => appNamesAt(read(document), path),
    appControlRename: async (document, from, to) => {
      const { app, changed } = controlRenamed(document, from, to);
      return { document: writeApp(app), changed };
    },
    appConnectors: async () => library(),
    appImportText: async (text) => put(read(text)),
    appImportFile: async () => put(read(SAMPLE_APP)),
    appExport: async (id) => `~/${slug(readApp(row(id).document).name, "app")}.app.json`,
    appPreview: async (id, document) => {
      const app = read(document);
      if (!app.name) throw failure("file.invalid", "name: the name is empty", { field: "name" });
      previews.push({ id, document });
    },
  };
}
