//! One running app: its state, what its window was told last, and the tasks that go on for it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use latchwork_model::Template;
use latchwork_model::app::{Action, App, Control, ControlKind};
use latchwork_model::template_syntax::lookups;
use serde_json::Value;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::bound::Bound;
use super::gate::Gate;
use super::loading::Load;
use super::rows::rows_in;
use super::state::State;
use super::view::Drawing;
use crate::studio::Studio;
use crate::wire::{AppError, AppUpdate, ControlView, MenuEntry, RunningApp, ScreenView, Theme};

/// Where an app's updates go; false once nobody listens.
pub(super) type Sink = Arc<dyn Fn(AppUpdate) -> bool + Send + Sync>;

/// One running app.
pub(crate) struct Session {
    pub(super) studio: Arc<Studio>,
    pub(super) app: Arc<App>,
    /// Whose choices of accounts these are: the app in the library, or the file.
    pub(super) key: String,
    pub(super) is_preview: bool,
    /// The names that each control's drawing uses, and those that its source uses.
    names: HashMap<String, Names>,
    inner: Mutex<Inner>,
    tasks: Mutex<JoinSet<()>>,
    /// Who is signed in is looked up and told one after another: what is told last was looked up last.
    pub(super) telling: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Names {
    drawing: BTreeSet<String>,
    source: BTreeSet<String>,
}

/// What is behind the lock.
pub(super) struct Inner {
    pub state: State,
    /// The connectors, or why one cannot be used.
    pub bound: HashMap<String, Result<Arc<Bound>, AppError>>,
    pub phase: Phase,
    /// How often the app was started.
    pub start: u32,
    pub gate: Gate,
    /// Who waits for the admin's word on shared sign-ins.
    pub shared_question: Option<oneshot::Sender<Option<bool>>>,
    sink: Option<Sink>,
    drawn: HashMap<String, (u64, ControlView)>,
    /// Controls that changed otherwise than by a name.
    touched: HashSet<String>,
    /// The whole screen is to be told, not only what changed.
    whole: bool,
    /// When the rows of a table, and the inputs of a source, were last computed.
    rows_seen: HashMap<String, u64>,
    inputs_seen: HashMap<String, u64>,
}

/// What the window shows.
#[derive(Default)]
pub(super) enum Phase {
    /// No window has asked yet.
    #[default]
    Waiting,
    /// The managed auth screen, and what is to come afterwards.
    ManagedAuth(After),
    /// The app.
    Running,
}

/// What comes after the managed auth screen.
pub(super) enum After {
    /// The app starts.
    Start,
    /// The app starts from the beginning.
    StartAnew,
    /// The app goes on, and so does whoever waits.
    Resume(oneshot::Sender<()>),
}

impl Session {
    pub(super) fn new(studio: &Arc<Studio>, app: App, key: String, is_preview: bool) -> Arc<Self> {
        let names = app
            .controls()
            .map(|control| (control.id.clone(), Names::of(control)))
            .collect();
        let state = State::new(&app);
        Arc::new(Self {
            studio: Arc::clone(studio),
            app: Arc::new(app),
            key,
            is_preview,
            names,
            inner: Mutex::new(Inner {
                state,
                bound: HashMap::new(),
                phase: Phase::Waiting,
                start: 0,
                gate: Gate::default(),
                shared_question: None,
                sink: None,
                drawn: HashMap::new(),
                touched: HashSet::new(),
                whole: true,
                rows_seen: HashMap::new(),
                inputs_seen: HashMap::new(),
            }),
            tasks: Mutex::default(),
            telling: tokio::sync::Mutex::default(),
        })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something in the background, as long as the app is not started anew or closed.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        tasks.spawn(task);
    }

    /// Ends whatever goes on.
    pub(super) fn stop(&self) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.abort_all();
    }

    /// Tells a window what there is, from now on.
    pub(super) async fn watch(self: &Arc<Self>, sink: Sink) {
        let theme = (self.studio.settings_get().await)
            .map_or_else(|_| Theme::default(), |settings| settings.theme);
        let is_new = {
            let mut inner = self.lock();
            inner.sink = Some(sink);
            inner.tell(AppUpdate::Opened {
                app: self.described(theme),
            });
            matches!(inner.phase, Phase::Waiting)
        };
        if is_new {
            self.begin(true).await;
        } else {
            self.show_again().await;
        }
    }

    fn described(&self, theme: Theme) -> RunningApp {
        let menu = self.app.screens.iter().filter(|screen| screen.in_menu);
        RunningApp {
            name: self.app.name.clone(),
            description: self.app.description.clone(),
            menu: menu
                .map(|screen| MenuEntry {
                    screen: screen.id.clone(),
                    name: screen.title().to_owned(),
                })
                .collect(),
            is_preview: self.is_preview,
            theme,
        }
    }

    /// Starts the app from the beginning. Unless nobody is to be asked, the managed auth screen comes first where the
    /// app wants it and a required connector is not in.
    pub(super) async fn begin(self: &Arc<Self>, asks: bool) {
        self.stop();
        let mut bound = HashMap::new();
        for connector in &self.app.connectors {
            let one = self.studio.bind(connector, self.is_preview).await;
            bound.insert(
                connector.id.clone(),
                one.map(Arc::new).map_err(AppError::from),
            );
        }
        {
            let mut inner = self.lock();
            inner.start += 1;
            inner.bound = bound;
            inner.gate = Gate::default();
            inner.state = State::new(&self.app);
            inner.drawn.clear();
            inner.rows_seen.clear();
            inner.inputs_seen.clear();
        }
        self.fill_in();
        if asks && self.app.managed_auth_at_start && !self.all_required_are_in().await {
            self.show_managed_auth(After::Start).await;
        } else {
            self.enter();
        }
    }

    /// The variables' and controls' values at the start.
    fn fill_in(&self) {
        let engine = self.studio.engine();
        let moment = engine.moment();
        let mut inner = self.lock();
        let state = &mut inner.state;
        let value = |state: &State, template: &Template| {
            engine
                .templates()
                .render_value(template.as_str(), &state.scope, &moment)
                .unwrap_or_default()
        };
        for variable in &self.app.variables {
            let at_start = value(state, &variable.value);
            state.set_variable(&variable.name, at_start);
        }
        for control in self.app.controls() {
            let default = match &control.kind {
                ControlKind::Input(input) => input.default.as_ref(),
                ControlKind::Select(select) => select.default.as_ref(),
                _ => None,
            };
            if let Some(default) = default {
                let text = super::state::text_of(&value(state, default));
                state.give_value(control, Some(text).filter(|text| !text.is_empty()), false);
            }
        }
    }

    /// The app itself, on its first screen.
    pub(super) fn enter(self: &Arc<Self>) {
        self.lock().phase = Phase::Running;
        if let Some(first) = self.app.screens.first() {
            self.go(&first.id);
        }
    }

    /// Shows a screen. What its controls hold stays; their sources run again.
    pub(super) fn go(self: &Arc<Self>, screen: &str) {
        let Some(screen) = self.app.screen(screen) else {
            return;
        };
        {
            let mut inner = self.lock();
            inner.state.screen.clone_from(&screen.id);
            inner.state.publish_screen(&self.app);
            inner.whole = true;
            for control in &screen.controls {
                inner.forget_inputs(&control.id);
            }
        }
        self.settle();
        self.act_in_background(None, screen.on_load.clone(), Vec::new(), false);
        for control in screen
            .controls
            .iter()
            .filter(|control| control.source.is_none())
        {
            self.act_in_background(Some(control), control.on.load.clone(), Vec::new(), false);
        }
    }

    /// Tells everything once more: to a window that was loaded again, or after the managed auth screen.
    pub(super) async fn show_again(self: &Arc<Self>) {
        let is_running = {
            let mut inner = self.lock();
            inner.whole = true;
            matches!(inner.phase, Phase::Running)
        };
        if is_running {
            self.settle();
            self.tell_asked().await;
        } else {
            self.tell_managed_auth().await;
        }
    }

    /// After any change: computes what depends on it, starts the loads that are due, and tells what looks otherwise.
    pub(super) fn settle(self: &Arc<Self>) {
        let loads = {
            let mut inner = self.lock();
            inner.compute_rows(self);
            if matches!(inner.phase, Phase::Running) {
                let loads = inner.due(self);
                inner.draw(self);
                loads
            } else {
                Vec::new()
            }
        };
        for load in loads {
            let session = Arc::clone(self);
            self.spawn(async move {
                session.load(load).await;
            });
        }
    }

    /// The control with this id on the screen that is shown.
    pub(super) fn control_shown(&self, id: &str) -> Option<&Control> {
        let screen = self.lock().state.screen.clone();
        let screen = self.app.screen(&screen)?;
        screen.controls.iter().find(|control| control.id == id)
    }

    /// Actions in the background, once there are any; what goes wrong in them is said.
    pub(super) fn act_in_background(
        self: &Arc<Self>,
        control: Option<&Control>,
        actions: Vec<Action>,
        locals: Vec<(&'static str, Value)>,
        by_person: bool,
    ) {
        if actions.is_empty() {
            return;
        }
        let control = control.map(|control| control.id.clone());
        let session = Arc::clone(self);
        self.spawn(async move {
            session.acts(control.as_deref(), 1);
            session.act(&actions, locals, by_person).await;
            session.acts(control.as_deref(), -1);
        });
    }

    fn acts(self: &Arc<Self>, control: Option<&str>, change: i32) {
        let Some(control) = control else {
            return;
        };
        {
            let mut inner = self.lock();
            if let Some(data) = inner.state.data(control) {
                data.acting = data.acting.saturating_add_signed(change);
            }
            inner.touch(control);
        }
        self.settle();
    }
}

impl Inner {
    pub(super) fn tell(&mut self, update: AppUpdate) {
        if let Some(sink) = &self.sink
            && !sink(update)
        {
            self.sink = None;
        }
    }

    pub(super) fn touch(&mut self, control: &str) {
        self.touched.insert(control.to_owned());
    }

    /// Makes a control's source run again at the next occasion.
    pub(super) fn forget_inputs(&mut self, control: &str) {
        self.inputs_seen.remove(control);
        if let Some(data) = self.state.data(control) {
            data.inputs = None;
        }
    }

    /// The rows of tables that say by a template what they are, each again where something that it uses changed.
    fn compute_rows(&mut self, session: &Session) {
        let engine = session.studio.engine();
        let moment = engine.moment();
        let tables: Vec<&Control> = session
            .app
            .controls()
            .filter(|control| matches!(control.kind, ControlKind::Table(_)))
            .collect();
        // Tables may be made of others' rows; a circle of them ends here.
        for _ in 0..=tables.len() {
            let mut changed = false;
            for control in &tables {
                let ControlKind::Table(table) = &control.kind else {
                    continue;
                };
                let newest = session.newest(&self.state, control);
                if self.rows_seen.insert(control.id.clone(), newest) == Some(newest) {
                    continue;
                }
                let rows = match &table.rows {
                    Some(template) => {
                        let scope = self.state.own_scope(control);
                        let rendered =
                            engine
                                .templates()
                                .render_value(template.as_str(), &scope, &moment);
                        match rendered {
                            Ok(Value::Array(rows)) => Some(rows),
                            Ok(Value::Null) | Err(_) => None,
                            Ok(one) => rows_in(&one),
                        }
                    }
                    None => {
                        let data = self.state.controls.get(&control.id);
                        let answer = data.and_then(|data| data.answer.as_ref());
                        answer.and_then(|answer| rows_in(&answer.body))
                    }
                };
                changed |= self.set_rows(control, rows);
            }
            if !changed {
                break;
            }
        }
    }

    /// A table's rows, with the selection on the row that it was on.
    fn set_rows(&mut self, control: &Control, rows: Option<Vec<Value>>) -> bool {
        let Some(data) = self.state.data(&control.id) else {
            return false;
        };
        if data.rows.as_deref() == rows.as_ref() {
            return false;
        }
        let before = data.selected.zip(data.rows.as_ref());
        let selected = before.and_then(|(index, rows)| rows.get(index)).cloned();
        data.selected = selected.and_then(|selected| {
            let rows = rows.as_ref()?;
            let id = selected.get("id");
            rows.iter()
                .position(|row| *row == selected || (id.is_some() && row.get("id") == id))
        });
        data.rows = rows.map(Arc::new);
        self.state.publish(control);
        true
    }

    /// The loads that start by themselves: sources of the screen whose inputs are there and are others than before.
    fn due(&mut self, session: &Session) -> Vec<Load> {
        let engine = session.studio.engine();
        let moment = engine.moment();
        let Some(screen) = session.app.screen(&self.state.screen) else {
            return Vec::new();
        };
        let mut loads = Vec::new();
        for control in &screen.controls {
            let Some(source) = &control.source else {
                continue;
            };
            if source.run == latchwork_model::app::SourceRun::Manual {
                continue;
            }
            let newest = session
                .names
                .get(&control.id)
                .map_or(0, |names| self.state.newest(&names.source));
            if self.inputs_seen.insert(control.id.clone(), newest) == Some(newest) {
                continue;
            }
            let scope = self.state.scope.clone();
            let made = super::loading::inputs(engine.templates(), &moment, &scope, source);
            loads.extend(self.begin_load(control, made, false));
        }
        loads
    }

    /// Draws the screen, and tells what looks otherwise than before.
    fn draw(&mut self, session: &Session) {
        let Some(screen) = session.app.screen(&self.state.screen) else {
            return;
        };
        let engine = session.studio.engine();
        let moment = engine.moment();
        let mut changed = Vec::new();
        for control in &screen.controls {
            let newest = session.newest(&self.state, control);
            let touched = self.touched.remove(&control.id);
            let before = self.drawn.get(&control.id);
            if !touched && before.is_some_and(|(seen, _)| *seen == newest) {
                continue;
            }
            let Some(data) = self.state.controls.get(&control.id) else {
                continue;
            };
            let drawing = Drawing {
                templates: engine.templates(),
                moment: &moment,
                scope: self.state.own_scope(control),
                data,
                fault: None,
            };
            let view = drawing.control(control, |alias| self.connector_name(alias));
            let is_another = before.is_none_or(|(_, before)| *before != view);
            self.drawn
                .insert(control.id.clone(), (newest, view.clone()));
            if is_another {
                changed.push(view);
            }
        }
        if self.whole {
            self.whole = false;
            let drawn = screen.controls.iter();
            let controls = drawn
                .filter_map(|control| self.drawn.get(&control.id))
                .map(|(_, view)| view.clone())
                .collect();
            self.tell(AppUpdate::Screen {
                view: ScreenView {
                    screen: screen.id.clone(),
                    name: screen.title().to_owned(),
                    start: self.start,
                    controls,
                },
            });
        } else if !changed.is_empty() {
            self.tell(AppUpdate::Controls {
                screen: screen.id.clone(),
                controls: changed,
            });
        }
    }

    pub(super) fn connector_name(&self, alias: &str) -> String {
        match self.bound.get(alias) {
            Some(Ok(bound)) => bound.connector.name.clone(),
            _ => alias.to_owned(),
        }
    }
}

impl Session {
    /// When anything that a control's drawing uses last changed.
    fn newest(&self, state: &State, control: &Control) -> u64 {
        self.names
            .get(&control.id)
            .map_or(0, |names| state.newest(&names.drawing))
    }
}

impl Names {
    fn of(control: &Control) -> Self {
        let mut names = Self::default();
        if let Some(source) = &control.source {
            let templates = source.inputs.values().chain(&source.when);
            for template in templates {
                add(&mut names.source, template.as_str());
            }
        }
        let drawn = Control {
            source: None,
            on: latchwork_model::app::ControlEvents::default(),
            ..control.clone()
        };
        // Every string of what is drawn: those that are no templates use no names.
        texts(
            &serde_json::to_value(drawn).unwrap_or_default(),
            &mut |text| {
                add(&mut names.drawing, text);
            },
        );
        names.drawing.insert(control.id.clone());
        names
    }
}

fn add(names: &mut BTreeSet<String>, template: &str) {
    let used = lookups(template);
    names.extend(used.iter().map(|lookup| lookup.root().to_owned()));
}

fn texts(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, visit)),
        Value::Object(members) => members.values().for_each(|member| texts(member, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
